"""The spectrogram: a coarse overview of the whole track, and over it the tiles that the zoom needs."""

from __future__ import annotations

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

MAX_TILES = 150
_VECTOR_SHARPNESS = 2.0
"""Pixels of an image in a vector file for each logical pixel that it covers."""

_WIDEST_IMAGE = 16_384

_MAX_IMAGES = 64
"""Tiles that are kept as images in colour too, which take four times the memory."""

_COARSEST_MIP_COLUMNS = 512
"""Columns of the coarsest version of the overview, at most."""


class SpectrogramItem:
    """Overview and tiles of one track, their painting, and which tiles a view lacks."""

    def __init__(self) -> None:
        self._config: PictureConfig | None = None
        self._rate = 1
        self._mips: list[SpectrogramTile] = []
        self._tiles: LruCache[SpectrogramTile] = LruCache(MAX_TILES)  # by configuration and TileKey
        self._images: LruCache[QImage] = LruCache(_MAX_IMAGES)  # by the same, or by number of the mip
        self._colours: tuple[ColourMap, float, float] | None = None
        self._colour_table: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self._tiles)

    def set_colours(self, colour_map: ColourMap, low_db: float, high_db: float) -> None:
        """Change the colour map and the range of levels it covers, in dB of full scale."""
        colours = (colour_map, low_db, high_db)
        if colours != self._colours:
            self._colours = colours
            self._colour_table = level_table(colour_map, low_db, high_db, DB_FLOOR, DB_STEP)
            self._images.clear()

    def set_overview(self, config: PictureConfig, overview: SpectrogramTile, sample_rate: int) -> None:
        """Replace the overview of the track."""
        self._config, self._rate = config, sample_rate
        for number in range(len(self._mips)):
            self._images.drop(number)
        self._mips = _mips(overview)

    def clear(self) -> None:
        """Drop the overview and all tiles: another track is shown."""
        self._mips = []
        self._tiles.clear()
        self._images.clear()

    def add_tile(self, config: PictureConfig, key: TileKey, tile: SpectrogramTile) -> None:
        """Keep a tile; the one that has not been painted for the longest time is dropped."""
        self._tiles.put((config, key), tile)
        self._images.drop((config, key))

    def visible_tiles(self, scale: TimeScale, dpr: float, duration_s: float) -> list[TileKey]:
        """Keys of the tiles of a view; none where the overview is fine enough."""
        if not self._mips:
            return []
        keys = tiles_for(scale.start_s, min(scale.end_s, duration_s - 1e-6), max(int(scale.width * dpr), 1), self._rate)
        return keys if keys[0].hop / self._rate < 0.99 * self._mips[0].seconds_per_column else []

    def missing_tiles(self, keys: Sequence[TileKey]) -> list[TileKey]:
        """Those of `keys` without a tile, from the middle outwards."""
        config = self._config
        if config is None:
            return []
        missing = [key for key in keys if (config, key) not in self._tiles]
        middle = (keys[0].index + keys[-1].index) / 2 if keys else 0
        return sorted(missing, key=lambda key: abs(key.index - middle))

    def paint(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, duration_s: float) -> None:
        """Paint the visible range into a rectangle."""
        config = self._config
        if config is None or not self._mips:
            return
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        keys = self.visible_tiles(scale, dpr, duration_s)
        if not keys or self.missing_tiles(keys):
            self._paint_overview(painter, rect, scale, dpr)
        if keys and self.missing_tiles(keys):
            self._paint_other_levels(painter, rect, scale, dpr, keys[0].level)
        for key in keys:
            tile = self._tiles.get((config, key))
            if tile is not None:
                self._paint_tile(painter, rect, scale, dpr, (config, key), tile)
        painter.restore()

    def _paint_overview(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float) -> None:
        per_pixel = scale.seconds_per_pixel / dpr
        number = max((n for n, mip in enumerate(self._mips) if mip.seconds_per_column <= per_pixel), default=0)
        self._paint_tile(painter, rect, scale, dpr, number, self._mips[number])

    def _paint_other_levels(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, level: int) -> None:
        """Paint tiles of neighbouring levels until those of the right one arrive: coarse ones below fine ones."""
        near = [
            (key.level, (config, key), tile)
            for (config, key), tile in self._tiles.items()
            if config == self._config
            and key.level != level
            and level - 1 <= key.level <= level + 4
            and tile.start_s < scale.end_s
            and tile.start_s + len(tile.levels) * tile.seconds_per_column > scale.start_s
        ]
        for _level, image_key, tile in sorted(near, key=lambda entry: -entry[0]):
            self._paint_tile(painter, rect, scale, dpr, image_key, tile)

    def _paint_tile(
        self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, image_key: Hashable, tile: SpectrogramTile
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
        image = self._image(image_key, tile.levels)
        if painter.paintEngine().type() == QPaintEngine.Type.Raster:
            source = QRectF(source_left, 0.0, max(source_right - source_left, 1e-3), n_rows)
            painter.drawImage(target, image, source)
        else:  # Qt's SVG engine draws the whole image, whatever the source rectangle
            painter.drawImage(target, _cut(image, source_left, source_right, target.width()))

    def _image(self, key: Hashable, levels: NDArray[np.uint8]) -> QImage:
        image = self._images.get(key)
        if image is None:
            image = _coloured(levels, self._colour_table)
            self._images.put(key, image)
        return image

    def level_db(self, seconds: float, height: float, keys: Sequence[TileKey]) -> float | None:
        """Level that is drawn at a point, in dB of full scale.

        Parameters
        ----------
        seconds : float
        height : float
            From 0 to 1 on the frequency axis.
        keys : sequence of TileKey
            The tiles of the view; where one is missing, the overview counts.
        """
        tiles = [tile for key in keys if (tile := self._tiles.get((self._config, key))) is not None]
        for tile in (*tiles, *self._mips[:1]):
            column = int(np.floor((seconds - tile.start_s) / tile.seconds_per_column))
            if 0 <= column < len(tile.levels) and 0 <= height <= 1:
                row = min(int(height * tile.levels.shape[1]), tile.levels.shape[1] - 1)
                return float(decibels(tile.levels[column, row]))
        return None


def _cut(image: QImage, left: float, right: float, width: float) -> QImage:
    """The columns of an image from `left` to `right`, which may be fractions, for a target of `width` pixels."""
    first, last = int(left), max(int(np.ceil(right)), int(left) + 1)
    share = max(right - left, 1e-3) / (last - first)
    n_pixels = min(max(int(np.ceil(_VECTOR_SHARPNESS * width / share)), 1), _WIDEST_IMAGE)
    columns = image.copy(first, 0, last - first, image.height())
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    columns = columns.scaled(n_pixels, image.height(), ignore, smooth)
    start = round((left - first) / (last - first) * n_pixels)
    return columns.copy(start, 0, max(round(share * n_pixels), 1), image.height())


def _coloured(levels: NDArray[np.uint8], table: tuple[int, ...]) -> QImage:
    rows = np.ascontiguousarray(levels.T[::-1])
    n_rows, n_columns = rows.shape
    indexed = QImage(rows.data, n_columns, n_rows, n_columns, QImage.Format.Format_Indexed8)
    indexed.setColorTable(table)
    return indexed.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `rows` is freed


def _mips(overview: SpectrogramTile) -> list[SpectrogramTile]:
    """The overview and ever coarser versions of it; a column holds the loudest levels of the two it joins."""
    made = [overview]
    while len(made[-1].levels) > _COARSEST_MIP_COLUMNS:
        fine = made[-1]
        coarse = np.maximum.reduceat(fine.levels, np.arange(0, len(fine.levels), 2), axis=0)
        made.append(SpectrogramTile(coarse, fine.start_s, 2 * fine.seconds_per_column))
    return made
