"""The kinds of activity: one module each, found by themselves.

To add one, write `<kind>.py` here, `templates/activities/<kind>.html.j2` and
`tests/activities/test_<kind>.py`; see CONTRIBUTING.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from lessonpress.model.activity import Activity

if TYPE_CHECKING:
    from collections.abc import Mapping


def discover() -> Mapping[str, type[Activity]]:
    """The kinds by name, sorted."""
    found: dict[str, type[Activity]] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        loaded = importlib.import_module(f"{__name__}.{module}")
        for value in vars(loaded).values():
            if isinstance(value, type) and issubclass(value, Activity) and value.__module__ == loaded.__name__:
                found[get_args(value.model_fields["kind"].annotation)[0]] = value
    return MappingProxyType(dict(sorted(found.items())))
