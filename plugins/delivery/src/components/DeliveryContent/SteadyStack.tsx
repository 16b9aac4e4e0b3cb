import { Component, createRef } from 'react';
import type { ReactNode } from 'react';
import styles from './DeliveryContent.module.css';

const MOVE_MS = 220;

/** The parts of the page but what lies over it, and the rows of lists that say so. */
const MOVING = ':scope > :not([data-still]), [data-moves]';

type Tops = Map<HTMLElement, number>;

/**
 * The parts of the page, one under the other. Where an update makes room for something
 * new, such as a banner or a run, what was there before glides to its new place instead
 * of jumping away from under the eye and the pointer.
 *
 * @remarks
 * A class, because only a class is told just before the page changes. `offsetTop` counts
 * from the nearest positioned ancestor and leaves transforms out: rows and the parts that
 * they stand in move without knowing of each other.
 */
export class SteadyStack extends Component<
  { children: ReactNode },
  object,
  Tops
> {
  readonly #stack = createRef<HTMLDivElement>();

  getSnapshotBeforeUpdate(): Tops {
    return topsIn(this.#stack.current);
  }

  componentDidUpdate(_props: unknown, _state: unknown, before: Tops): void {
    if (
      before.size === 0 ||
      window.matchMedia?.('(prefers-reduced-motion: reduce)').matches
    ) {
      return;
    }
    for (const [element, top] of before) {
      // Of what is gone, nothing is asked: each question costs a layout of the whole page.
      const moved = element.isConnected ? top - element.offsetTop : 0;
      if (moved !== 0) {
        element.animate?.(
          [{ transform: `translateY(${moved}px)` }, { transform: 'none' }],
          // Another update may come while it still moves.
          { duration: MOVE_MS, easing: 'ease-out', composite: 'add' },
        );
      }
    }
  }

  render(): ReactNode {
    return (
      <div ref={this.#stack} className={styles.stack}>
        {this.props.children}
      </div>
    );
  }
}

function topsIn(stack: HTMLElement | null): Tops {
  const elements = stack?.querySelectorAll<HTMLElement>(MOVING) ?? [];
  return new Map([...elements].map(it => [it, it.offsetTop]));
}
