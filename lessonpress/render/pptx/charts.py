"""Charts: a table of numbers as a native chart with its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.util import Pt

from lessonpress.render.pptx.ooxml import A, C, mend_axis_ids, place

if TYPE_CHECKING:
    from lessonpress.model.slide_layouts import Box
    from lessonpress.render.pptx.content import Chart

TEXT = Pt(20)
LABEL_ROOM = 1.15  # lengths of the longest bar
_ChartData: Any = CategoryChartData  # untyped in python-pptx
_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
# Neighbours differ in darkness as well as in hue.
_COLOURS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.TEXT_1,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)


def print_chart(placeholder: Any, chart: Chart, box: Box) -> Any:
    """Turn a placeholder into a native chart with a label on every value; return its frame."""
    data: Any = _ChartData(number_format=_number_format(chart))
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    native: Any = ChartPlaceholder(placeholder._element, placeholder._parent)
    frame = native.insert_chart(_TYPES[chart.form], data)
    place(frame._element.xfrm, box)
    _set_look(frame.chart, chart)
    mend_axis_ids(frame.chart._chartSpace)
    return frame


def _number_format(chart: Chart) -> str:
    """Excel's format of the labels: thousands parted, decimals where there are any."""
    values = [value for _, numbers in chart.series for value in numbers]
    whole = all(value == int(value) for value in values)
    return "#,##0" if whole else "#,##0.0##"


def _set_look(native: Any, chart: Chart) -> None:
    native.has_title = False
    native.font.size = TEXT
    native.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    native.has_legend = len(chart.series) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.BOTTOM
        native.legend.include_in_layout = False
    _set_axes(native, chart)
    _set_series(native.plots[0], chart)


def _set_axes(native: Any, chart: Chart) -> None:
    """The values stand on the bars, so their axis and its grid would only repeat them."""
    values, categories = native.value_axis, native.category_axis
    values.has_major_gridlines = False
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    values.format.line.fill.background()
    if chart.unit:
        _name_axis(values, chart.unit)
    numbers = [value for _, series in chart.series for value in series]
    if min(numbers) >= 0 and max(numbers) > 0:
        values.minimum_scale = 0
        # Room for the label at the end of the longest bar; LibreOffice would break the number.
        values.maximum_scale = max(numbers) * LABEL_ROOM
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    if chart.form == "bar":
        # The first row on top, as in the table, and the unit still below.
        categories.reverse_order = True
        categories.crosses = XL_AXIS_CROSSES.MAXIMUM


def _name_axis(axis: Any, unit: str) -> None:
    """Write the unit beside the values, level: text is never turned."""
    frame = axis.axis_title.text_frame
    frame.text = unit
    frame._txBody.bodyPr.set("rot", "0")
    frame._txBody.bodyPr.set("vert", "horz")
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = TEXT, False


def _set_series(plot: Any, chart: Chart) -> None:
    if chart.form != "line":
        plot.gap_width = 60
        plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = TEXT
    labels.font.bold = True
    # LibreOffice would else break a number that is wider than its bar is thick.
    labels._element.find(f"{C}txPr/{A}bodyPr").set("wrap", "none")
    labels.number_format, labels.number_format_is_linked = _number_format(chart), False
    labels.position = XL_LABEL_POSITION.ABOVE if chart.form == "line" else XL_LABEL_POSITION.OUTSIDE_END
    for n, series in enumerate(plot.series):
        colour = _COLOURS[n % len(_COLOURS)]
        if chart.form == "line":
            series.smooth = False
            series.format.line.width = Pt(3)
            series.format.line.color.theme_color = colour
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.theme_color = colour
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.theme_color = colour
