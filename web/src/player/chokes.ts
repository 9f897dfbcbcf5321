/** So much of it must have been heard for a decoder that choked to count as well again. */
const wellAfterS = 3;
/** Between two looks at the clock; what is more was a jump. */
const longestStepS = 1;

/**
 * How often the decoder choked. That sound was fetched says nothing about it, only that it was heard: sound that is fetched and cannot be decoded
 * would be fetched and opened again without end.
 */
export class Chokes {
  private count = 0;
  private heardS = 0;
  private atS: number | null = null;

  get none(): boolean {
    return this.count === 0;
  }

  /** It choked. True when it may be opened again at once, false when it has been already. */
  add(): boolean {
    this.heardS = 0;
    this.atS = null;
    return ++this.count === 1;
  }

  /** Playing, the element's clock stands here. True when it is well again now. */
  heard(atS: number): boolean {
    if (this.none) return false;
    const step = this.atS === null ? 0 : atS - this.atS;
    this.atS = atS;
    if (step > 0 && step <= longestStepS) this.heardS += step;
    if (this.heardS < wellAfterS) return false;
    this.clear();
    return true;
  }

  clear(): void {
    this.count = 0;
  }
}
