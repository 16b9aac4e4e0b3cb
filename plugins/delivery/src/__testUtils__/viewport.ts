/** Pixels, as of a common laptop. */
const WIDE = 1280;
let width = WIDE;
const queries = new Set<MediaQuery>();

/** A query for a least width; all others say no. */
class MediaQuery extends EventTarget {
  #matched: boolean;

  constructor(readonly media: string) {
    super();
    this.#matched = this.matches;
    queries.add(this);
  }

  get matches(): boolean {
    const [, pixels] = /\(min-width: ?(\d+)px\)/.exec(this.media) ?? [];
    return pixels !== undefined && width >= Number(pixels);
  }

  // As Material UI listens.
  addListener(listener: () => void) {
    this.addEventListener('change', listener);
  }

  removeListener(listener: () => void) {
    this.removeEventListener('change', listener);
  }

  update() {
    if (this.matches !== this.#matched) {
      this.#matched = this.matches;
      this.dispatchEvent(new Event('change'));
    }
  }
}

/** jsdom has no layout: this is as wide as {@link resizeViewport} says, and wide at first. */
export const matchMedia = (query: string) =>
  new MediaQuery(query) as unknown as MediaQueryList;

/** @param to - pixels; without it, as wide as at first */
export function resizeViewport(to = WIDE): void {
  width = to;
  queries.forEach(query => query.update());
}
