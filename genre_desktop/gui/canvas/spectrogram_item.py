"""The spectrogram: a coarse picture of the whole track, and over it the tiles that the zoom needs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter

from genre_desktop.audio.picture.track_picture import (
    DB_FLOOR,
    DB_STEP,
    PictureConfig,
    SpectrogramTile,
    TileKey,
    decibels,
    tiles_for,
)
from genre_desktop.core.lru_cache import LruCache
from genre_desktop.gui.canvas.colour_maps import ColourMap, level_table
from genre_desktop.gui.canvas.time_axis import TimeScale

MOST_TILES = 150
_VECTOR_SHARPNESS = 2.0
"""Pixels of an image for each of the place that it takes in a vector file."""

_WIDEST_IMAGE = 16_384

_MOST_COLOURED = 64
"""Tiles kept as pictures in colour too, which take four times the room."""

_FINEST_MIP = 512


class SpectrogramItem:
    """Keeps levels, colours what is drawn, and says which tiles a view lacks."""

    def __init__(self) -> None:
        self._config: PictureConfig | None = None
        self._rate = 1
        self._mips: list[SpectrogramTile] = []
        self._tiles: OrderedDict[tuple[PictureConfig, TileKey], SpectrogramTile] = OrderedDict()
        self._coloured: LruCache[QImage] = LruCache(_MOST_COLOURED)
        self._look: tuple[ColourMap, float, float] | None = None
        self._table: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self._tiles)

    def set_look(self, colours: ColourMap, low_db: float, high_db: float) -> None:
        """Choose colours and the range of levels; nothing is computed anew."""
        look = (colours, low_db, high_db)
        if look != self._look:
            self._look = look
            self._table = level_table(colours, low_db, high_db, DB_FLOOR, DB_STEP)
            self._coloured.clear()

    def set_whole(self, config: PictureConfig, whole: SpectrogramTile, sample_rate: int) -> None:
        """Take over the coarse picture of the track."""
        self._config, self._rate = config, sample_rate
        for number in range(len(self._mips)):
            self._coloured.drop(number)
        self._mips = _mips(whole)

    def forget(self) -> None:
        """The track is another one."""
        self._mips = []
        self._tiles.clear()
        self._coloured.clear()

    def put(self, config: PictureConfig, key: TileKey, tile: SpectrogramTile) -> None:
        """Keep a tile; the one that was not seen for the longest is forgotten."""
        self._tiles[config, key] = tile
        self._tiles.move_to_end((config, key))
        self._coloured.drop((config, key))
        while len(self._tiles) > MOST_TILES:
            gone, _ = self._tiles.popitem(last=False)
            self._coloured.drop(gone)

    def keys(self, scale: TimeScale, dpr: float, duration_s: float) -> list[TileKey]:
        """The tiles of a view; none where the coarse picture is fine enough."""
        if not self._mips:
            return []
        keys = tiles_for(scale.start_s, min(scale.end_s, duration_s - 1e-6), max(int(scale.width * dpr), 1), self._rate)
        return keys if keys[0].hop / self._rate < 0.99 * self._mips[0].seconds_per_column else []

    def missing(self, keys: Sequence[TileKey]) -> list[TileKey]:
        """Those of `keys` that are still to be computed, from the middle outwards."""
        config = self._config
        if config is None:
            return []
        lacking = [key for key in keys if (config, key) not in self._tiles]
        middle = (keys[0].index + keys[-1].index) / 2 if keys else 0
        return sorted(lacking, key=lambda key: abs(key.index - middle))

    def paint(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, duration_s: float) -> None:
        """Draw the visible stretch."""
        config = self._config
        if config is None or not self._mips:
            return
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        keys = self.keys(scale, dpr, duration_s)
        if not keys or self.missing(keys):
            self._paint_whole(painter, rect, scale, dpr)
        if keys and self.missing(keys):
            self._paint_other_levels(painter, rect, scale, dpr, keys[0].level)
        for key in keys:
            name = (config, key)
            if name in self._tiles:
                self._tiles.move_to_end(name)
                self._paint_tile(painter, rect, scale, dpr, name, self._tiles[name])
        painter.restore()

    def _paint_whole(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float) -> None:
        wanted = scale.seconds_per_pixel / dpr
        number = max((n for n, mip in enumerate(self._mips) if mip.seconds_per_column <= wanted), default=0)
        self._paint_tile(painter, rect, scale, dpr, number, self._mips[number])

    def _paint_other_levels(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, level: int) -> None:
        """What is there of neighbouring levels, until the right one comes: coarse below fine."""
        near = [
            (key.level, (config, key), tile)
            for (config, key), tile in self._tiles.items()
            if config == self._config
            and key.level != level
            and level - 1 <= key.level <= level + 4
            and tile.start_s < scale.end_s
            and tile.start_s + len(tile.levels) * tile.seconds_per_column > scale.start_s
        ]
        for _level, name, tile in sorted(near, key=lambda entry: -entry[0]):
            self._paint_tile(painter, rect, scale, dpr, name, tile)

    def _paint_tile(
        self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, name: Hashable, tile: SpectrogramTile
    ) -> None:
        n_columns, n_rows = tile.levels.shape
        step = tile.seconds_per_column
        first = max(tile.start_s, scale.start_s)
        last = min(tile.start_s + n_columns * step, scale.end_s)
        if last <= first or n_columns == 0:
            return
        # Whole device pixels: neighbours neither overlap nor leave a seam.
        left, right = round(scale.x(first) * dpr) / dpr, round(scale.x(last) * dpr) / dpr
        if right <= left:
            return
        source_left = max((scale.seconds(left) - tile.start_s) / step, 0.0)
        source_right = min((scale.seconds(right) - tile.start_s) / step, float(n_columns))
        target = QRectF(left, rect.top(), right - left, rect.height())
        picture = self._picture(name, tile.levels)
        if painter.paintEngine().type() == QPaintEngine.Type.Raster:
            source = QRectF(source_left, 0.0, max(source_right - source_left, 1e-3), n_rows)
            painter.drawImage(target, picture, source)
        else:  # Qt's SVG engine draws all of an image, whatever part is asked for
            painter.drawImage(target, _cut(picture, source_left, source_right, target.width()))

    def _picture(self, name: Hashable, levels: NDArray[np.uint8]) -> QImage:
        picture = self._coloured.get(name)
        if picture is None:
            picture = _in_colour(levels, self._table)
            self._coloured.put(name, picture)
        return picture

    def level_db(self, seconds: float, place: float, keys: Sequence[TileKey]) -> float | None:
        """The level at a time and a place 0..1 of the frequency axis, from what is drawn there."""
        tiles = [self._tiles[self._config, key] for key in keys if (self._config, key) in self._tiles]  # type: ignore[index]
        for tile in (*tiles, *self._mips[:1]):
            column = int(np.floor((seconds - tile.start_s) / tile.seconds_per_column))
            if 0 <= column < len(tile.levels) and 0 <= place <= 1:
                row = min(int(place * tile.levels.shape[1]), tile.levels.shape[1] - 1)
                return float(decibels(tile.levels[column, row]))
        return None


def _cut(picture: QImage, left: float, right: float, width: float) -> QImage:
    """The columns from `left` to `right`, which need not be whole ones, for a place of `width` pixels."""
    first, last = int(left), max(int(np.ceil(right)), int(left) + 1)
    share = max(right - left, 1e-3) / (last - first)
    n_pixels = min(max(int(np.ceil(_VECTOR_SHARPNESS * width / share)), 1), _WIDEST_IMAGE)
    columns = picture.copy(first, 0, last - first, picture.height())
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    columns = columns.scaled(n_pixels, picture.height(), ignore, smooth)
    start = round((left - first) / (last - first) * n_pixels)
    return columns.copy(start, 0, max(round(share * n_pixels), 1), picture.height())


def _in_colour(levels: NDArray[np.uint8], table: tuple[int, ...]) -> QImage:
    rows = np.ascontiguousarray(levels.T[::-1])
    n_rows, n_columns = rows.shape
    indexed = QImage(rows.data, n_columns, n_rows, n_columns, QImage.Format.Format_Indexed8)
    indexed.setColorTable(table)
    return indexed.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `rows` goes


def _mips(whole: SpectrogramTile) -> list[SpectrogramTile]:
    """The picture, and coarser ones: a column stands for the loudest of those that it joins, as in a tile."""
    made = [whole]
    while len(made[-1].levels) > _FINEST_MIP:
        fine = made[-1]
        coarse = np.maximum.reduceat(fine.levels, np.arange(0, len(fine.levels), 2), axis=0)
        made.append(SpectrogramTile(coarse, fine.start_s, 2 * fine.seconds_per_column))
    return made
