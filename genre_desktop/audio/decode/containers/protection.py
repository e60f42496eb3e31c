"""Copy protection of whole files; that of single tracks of MP4 is found where tracks are chosen."""

from __future__ import annotations

from genre_desktop.audio.decode.source_file import SourceFile

_HEAD_BYTES = 1 << 18

_MAGIC = (
    # offset, first bytes, scheme
    (4, bytes.fromhex("57907536"), "Audible"),
    (0, b"CTENFDAM", "NetEase NCM"),
    (0, bytes.fromhex("7cd532eb86027f4ba8afa68e0fff9914"), "KuGou KGM"),
    (0, bytes.fromhex("0528bc96e9e45a43"), "KuGou VPR"),
    (0, b"yeelion-kuwo", "Kuwo KWM"),
)

_ASF_ENCRYPTION = {
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"): "Windows Media DRM",  # Content Encryption Object
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"): "Windows Media DRM",  # Extended Content Encryption Object
    bytes.fromhex("338505438169e6499b74ad12cb86d58c"): "PlayReady",  # Advanced Content Encryption Object
}

_MATROSKA_ENCRYPTED = b"\x50\x33\x81\x01"
"""ContentEncodingType: encryption, not compression."""

_MATROSKA_CLUSTER = b"\x1f\x43\xb6\x75"

_TS_PACKET, _TS_PACKETS = 188, 1_000
_OMA_CLEAR = frozenset({0xFFFF, 0xFF80})


def protection(source: SourceFile, container: str | None) -> str | None:
    """The name of a file's copy protection, as far as its header tells it; None for files without."""
    head = source.look_at(0, _HEAD_BYTES)
    if container is None:
        return next((scheme for at, magic, scheme in _MAGIC if head[at : at + len(magic)] == magic), None)
    if container == "ASF":
        header = head[: int.from_bytes(head[16:24], "little")]
        return next((scheme for guid, scheme in _ASF_ENCRYPTION.items() if guid in header), None)
    if container == "Matroska":
        cluster = head.find(_MATROSKA_CLUSTER)
        return (
            "WebM encryption" if 0 < head.find(_MATROSKA_ENCRYPTED) < (cluster if cluster > 0 else len(head)) else None
        )
    if container == "MPEG-TS":
        packets = [head[at : at + 4] for at in range(0, min(len(head), _TS_PACKET * _TS_PACKETS), _TS_PACKET)]
        with_content = [packet for packet in packets if len(packet) == 4 and packet[0] == 0x47 and packet[3] & 0x10]
        n_scrambled = sum(packet[3] >= 0x80 for packet in with_content)
        return "DVB scrambling" if n_scrambled > len(with_content) / 2 else None
    if container == "OMA":
        at = head.find(b"EA3")  # behind tags like those of ID3
        return "OpenMG" if at >= 0 and int.from_bytes(head[at + 6 : at + 8], "big") not in _OMA_CLEAR else None
    return None
