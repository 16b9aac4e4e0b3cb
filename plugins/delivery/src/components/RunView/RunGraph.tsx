import type { Run, Step } from '@golden-path/plugin-delivery-common';
import {
  memo,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent } from 'react';
import { useWords } from '../../language';
import { layoutSteps } from './layoutSteps';
import type { PlacedEdge, PlacedStep, StepLayout } from './layoutSteps';
import { isDirection, nextStep } from './nextStep';
import styles from './RunGraph.module.css';
import { NODE, StepNode } from './StepNode';

/** Room for the outline of a node that has the focus. */
const MARGIN = 4;

const xOf = ({ column }: PlacedStep) =>
  MARGIN + column * (NODE.width + NODE.gapX);
const yOf = ({ row }: PlacedStep) => MARGIN + row * (NODE.height + NODE.gapY);

function pathOf({ from, to }: PlacedEdge): string {
  const [x1, y1] = [xOf(from) + NODE.width, yOf(from) + NODE.height / 2];
  const [x2, y2] = [xOf(to), yOf(to) + NODE.height / 2];
  // The bend lies in the gap before the target, so that long edges stay straight.
  const bend = Math.max(x1, x2 - NODE.gapX);
  const middle = (bend + x2) / 2;
  return `M${x1} ${y1}H${bend}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

const Edges = memo((props: { edges: readonly PlacedEdge[] }) => (
  <g aria-hidden className={styles.edges}>
    {props.edges.map(edge => (
      <path key={edge.id} d={pathOf(edge)} />
    ))}
  </g>
));

/** The steps of a run as a graph from left to right. One stop of the Tab key. */
export function RunGraph(props: {
  run: Run;
  chosen?: string;
  onChoose: (id: string) => void;
}) {
  const { run, chosen, onChoose } = props;
  const { t } = useWords();
  const hintId = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const layout = useLayout(run.steps);
  const current = new Map(run.steps.map(step => [step.id, step]));
  const newest = useRef(layout);
  newest.current = layout;
  const [focused, setFocused] = useState<string>();
  const entry = [focused, chosen].find(id =>
    layout.nodes.some(({ step }) => step.id === id),
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent, id: string) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        onChoose(id);
        return;
      }
      const { nodes } = newest.current;
      const from = nodes.find(({ step }) => step.id === id);
      if (!from || !isDirection(event.key)) {
        return;
      }
      event.preventDefault();
      const next = nextStep(nodes, from, event.key);
      const buttons = drawing.current?.querySelectorAll<SVGGElement>('g[role]');
      [...(buttons ?? [])]
        .find(button => button.dataset.step === next?.step.id)
        ?.focus();
    },
    [onChoose],
  );

  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What went wrong, else what goes on, is in sight where not all is.
    const { nodes } = newest.current;
    const leading =
      nodes.find(({ step }) => step.status === 'failed') ??
      nodes.find(({ step }) => step.status === 'running');
    const { current: view } = scroller;
    if (leading && view && xOf(leading) + NODE.width > view.clientWidth) {
      view.scrollLeft = xOf(leading) - NODE.gapX;
    }
  }, []);

  const width = layout.columns * (NODE.width + NODE.gapX) - NODE.gapX;
  const height = layout.rows * (NODE.height + NODE.gapY) - NODE.gapY;
  return (
    <div ref={scroller} className={styles.scroll}>
      <svg
        ref={drawing}
        role="group"
        aria-label={t('run.graph', { run: run.name })}
        aria-describedby={hintId}
        width={width + 2 * MARGIN}
        height={height + 2 * MARGIN}
        className={styles.graph}
      >
        <desc id={hintId}>{t('run.graphHint')}</desc>
        <Edges edges={layout.edges} />
        {layout.nodes.map((node, i) => (
          <StepNode
            key={node.step.id}
            step={current.get(node.step.id) ?? node.step}
            x={xOf(node)}
            y={yOf(node)}
            isChosen={node.step.id === chosen}
            isEntry={entry ? node.step.id === entry : i === 0}
            onChoose={onChoose}
            onKeyDown={onKeyDown}
            onFocus={setFocused}
          />
        ))}
      </svg>
    </div>
  );
}

/** Places, which stay while only the states of steps change. */
function useLayout(steps: readonly Step[]): StepLayout {
  const shape = steps
    .map(({ id, dependsOn }) => [id, ...dependsOn].join(' '))
    .join('\n');
  // The shape is all of the steps that places depend on.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => layoutSteps(steps), [shape]);
}
