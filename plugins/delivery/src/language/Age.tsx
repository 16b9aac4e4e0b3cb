import { useSyncExternalStore } from 'react';
import { clockTime, subscribeToClock } from './clock';
import { formatAge, formatDuration, formatMoment } from './time';
import { useWords } from './useWords';

/** How long ago something was; the exact moment is its tooltip. */
export function Age(props: { since: string; className?: string }) {
  const { since, className } = props;
  const { t, language } = useWords();
  // The text is the snapshot: it renders again only when the words change.
  const text = useSyncExternalStore(
    subscribeToClock,
    () => formatAge(since, clockTime(), language) ?? t('time.now'),
  );
  return (
    <time
      dateTime={since}
      title={formatMoment(since, language)}
      className={className}
    >
      {text}
    </time>
  );
}

/**
 * How long something takes (growing each second) or took.
 *
 * @remarks `say` puts the duration into a sentence.
 */
export function Elapsed(props: {
  from: string;
  to?: string;
  say?: (duration: string) => string;
}) {
  const { from, to, say = duration => duration } = props;
  const { language } = useWords();
  const text = useSyncExternalStore(subscribeToClock, () =>
    formatDuration(
      (to ? Date.parse(to) : clockTime()) - Date.parse(from),
      language,
    ),
  );
  return <>{say(text)}</>;
}
