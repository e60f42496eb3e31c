"""How cells are painted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from genre_desktop.core.errors import AudioIsFolderError, AudioTooShortError, DamagedAudioError
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.widgets.theme import LIGHT
from tests.gui.track_table.conftest import summary


def painted(table: TrackTable, row: int, column: Column) -> QImage:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 30)
    table._delegate.paint(painter, option, table._model.index(row, column.value))
    painter.end()
    return image


def test_a_genre_by_hand_and_a_disagreement_are_marked(table: TrackTable) -> None:
    model = table._model
    by_hand, disagreeing = painted(table, 2, Column.GENRE), painted(table, 1, Column.TAGGED)
    model.set_summaries([("/n/c.wav", summary("ska")), ("/m/b.wav", summary("metal", tags=("Heavy Metal",)))])
    model.set_by_hand([model.find("/n/c.wav")], None)
    assert model.index(2, Column.GENRE.value).data() == "Ska"
    assert painted(table, 2, Column.GENRE) != by_hand
    assert painted(table, 1, Column.TAGGED) != disagreeing


def test_an_error_is_shown_across_the_columns_of_the_answer_wherever_they_are(table: TrackTable) -> None:
    def message_columns() -> list[Column]:
        return table._delegate._message_columns()

    assert message_columns() == [Column.GENRE, Column.CONFIDENCE, Column.STYLE, Column.SECOND, Column.STATE]
    table.header.setSectionHidden(Column.SECOND.value, True)
    table.header.moveSection(table.header.visualIndex(Column.TITLE.value), 2)
    assert message_columns() == [Column.GENRE]
    red = painted(table, 3, Column.GENRE)
    problem = int(LIGHT.problem[1:], 16)
    assert any(red.pixel(x, y) & 0xFFFFFF == problem for x in range(200) for y in range(30))
    table.header.setSectionHidden(Column.GENRE.value, True)
    assert painted(table, 3, Column.STATE) != QImage(), "the state stands for itself"


def test_warnings_have_a_mark_each_of_its_own(table: TrackTable) -> None:
    model = table._model
    plain = painted(table, 2, Column.GENRE)
    damage = DamagedAudioError(path="/n/c.wav", seconds_read=1.0, reason="the end is missing")
    note = AudioIsFolderError(path="/n/c.wav", kind="folder")
    pictures = []
    for warnings in ((), (note,), (damage,), (damage, note)):
        model.set_summaries([("/n/c.wav", replace(summary("ska"), warnings=warnings))])
        pictures.append(painted(table, 2, Column.GENRE))
    assert pictures[0] == plain
    assert pictures[1] != plain and pictures[2] not in (plain, pictures[1]) and pictures[3] == pictures[2]
    problem = int(LIGHT.problem[1:], 16)
    for image, is_red in zip(pictures, (False, False, True, True), strict=True):
        assert any(image.pixel(x, y) & 0xFFFFFF == problem for x in range(200) for y in range(30)) == is_red


def test_warnings_are_told_by_tool_tips_state_and_screen_reader(table: TrackTable) -> None:
    model = table._model
    damage = DamagedAudioError(path="/n/c.wav", seconds_read=1.0, reason="the end is missing")
    note = AudioIsFolderError(path="/n/c.wav", kind="folder")
    for warnings, state in (((), "Done"), ((note,), "With a note"), ((damage, note), "Damaged")):
        model.set_summaries([("/n/c.wav", replace(summary("ska"), warnings=warnings))])
        assert model.index(2, Column.STATE.value).data() == state
        told = [
            model.index(2, column.value).data(role)
            for column, role in (
                (Column.GENRE, Qt.ItemDataRole.ToolTipRole),
                (Column.STATE, Qt.ItemDataRole.ToolTipRole),
                (Column.NAME, Qt.ItemDataRole.AccessibleTextRole),
            )
        ]
        for warning in (damage, note):
            assert [warning.code in text for text in told] == 3 * [warning in warnings]


class PartLeftOutError(AudioTooShortError):
    """Sound is missing, and the file is not damaged."""

    loses_sound = True


def test_a_file_that_is_not_damaged_may_be_read_in_part(table: TrackTable) -> None:
    model = table._model
    left_out = PartLeftOutError(path="/n/c.wav", duration_s=1.0, needed_s=2.0)
    damage = DamagedAudioError(path="/n/c.wav", seconds_read=1.0, reason="the end is missing")
    model.set_summaries([("/n/c.wav", replace(summary("ska"), warnings=(damage,)))])
    triangle = painted(table, 2, Column.GENRE)
    model.set_summaries([("/n/c.wav", replace(summary("ska"), warnings=(left_out,)))])
    assert model.index(2, Column.STATE.value).data() == "In part"
    assert painted(table, 2, Column.GENRE) == triangle
