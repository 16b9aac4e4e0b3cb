import { useParentSize } from '@visx/responsive';
import type { ReactNode } from 'react';

const STEADY: Array<'top' | 'left' | 'height'> = ['top', 'left', 'height'];

/** Room of a given height, drawn as wide as there is space. */
export function Drawing(props: {
  /** Pixels. */
  height: number;
  className?: string;
  children: (width: number) => ReactNode;
}) {
  const { height, className, children } = props;
  const { parentRef, width } = useParentSize({
    debounceTime: 50,
    ignoreDimensions: STEADY,
  });
  return (
    <div
      ref={parentRef}
      className={className}
      style={{ height, minWidth: 0 }}
      aria-busy={width === 0 || undefined}
    >
      {width > 0 && children(width)}
    </div>
  );
}
