/** One segment of a playlist: its place on the media element's clock, and the wall time of its first sample. */
export interface Piece {
  readonly startS: number;
  readonly durationS: number;
  readonly wallMs: number;
}

/**
 * Translates between the media element's seconds and wall time, from the dates in the playlist. It is a table and not one
 * offset: stations drift, and across a hole the wall clock jumps while the media clock does not.
 */
export class MediaClock {
  constructor(private readonly pieces: readonly Piece[]) {}

  get empty(): boolean {
    return this.pieces.length === 0;
  }

  get startMs(): number {
    return this.pieces[0]?.wallMs ?? 0;
  }

  get endMs(): number {
    const last = this.pieces.at(-1);
    return last ? last.wallMs + last.durationS * 1000 : 0;
  }

  wallAt(mediaS: number): number {
    const piece = this.pieces[this.lastIndex((p) => p.startS <= mediaS)] ?? this.pieces[0];
    return piece ? piece.wallMs + (mediaS - piece.startS) * 1000 : 0;
  }

  /** The place of a wall time; inside a hole, the first sound after it. */
  mediaAt(wallMs: number): number {
    const index = this.lastIndex((p) => p.wallMs <= wallMs);
    const piece = this.pieces[index];
    if (!piece) return this.pieces[0]?.startS ?? 0;
    const into = (wallMs - piece.wallMs) / 1000;
    if (into <= piece.durationS) return piece.startS + into;
    return this.pieces[index + 1]?.startS ?? piece.startS + piece.durationS;
  }

  /** The last piece for which it holds, by halving: a day has thousands of pieces, and this runs at every tick. */
  private lastIndex(holds: (piece: Piece) => boolean): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece && holds(piece)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
