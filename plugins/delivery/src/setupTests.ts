import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';
import { matchMedia } from './__testUtils__/viewport';

expect.extend(toHaveNoViolations);

// Whole apps are rendered: a busy machine takes longer than a second for one.
configure({ asyncUtilTimeout: 10_000 });

/** jsdom has no layout: everything that is measured is as wide as this says. */
class FixedWidth implements ResizeObserver {
  constructor(private readonly callback: ResizeObserverCallback) {}

  observe() {
    const contentRect = { width: 640, height: 0, top: 0, left: 0 };
    queueMicrotask(() =>
      this.callback([{ contentRect } as ResizeObserverEntry], this),
    );
  }

  unobserve() {}

  disconnect() {}
}
window.ResizeObserver ??= FixedWidth;
window.matchMedia ??= matchMedia;
Element.prototype.scrollIntoView ??= () => {};
