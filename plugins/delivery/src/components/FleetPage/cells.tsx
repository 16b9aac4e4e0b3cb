import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { stageKindSchema } from '@golden-path/plugin-delivery-common';
import type {
  DeliveryRow,
  DoraFigures,
} from '@golden-path/plugin-delivery-common';
import { Link } from '@backstage/ui';
import { Age, shortened, useWords } from '../../language';
import { StatusDot, StatusIcon, toneOf } from '../status';
import styles from './FleetTable.module.css';

export type FleetRow = DeliveryRow & {
  id: string;
  /** Absent while they are read, and where they cannot be had. */
  figures?: DoraFigures;
};

/** An owner as people call them, for example `team-payments`. */
export function ownerName(ownerRef: string): string {
  return humanizeEntityRef(parseEntityRef(ownerRef), { defaultKind: 'group' });
}

/** What it is, and whose. */
export function NameCell(props: { row: FleetRow; href: string }) {
  const { row, href } = props;
  return (
    <div className={styles.titled}>
      <StatusDot status={row.summary.status} size="small" />
      <div className={styles.lines}>
        <Link href={href} standalone className={styles.link}>
          {row.title ??
            humanizeEntityRef(parseEntityRef(row.entityRef), {
              defaultKind: 'component',
            })}
        </Link>
        <span className={styles.quiet}>
          {[row.owner && ownerName(row.owner), row.cluster]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
    </div>
  );
}

/** The stage that decides, and what is to be said of it. */
export function StandingCell(props: { row: FleetRow }) {
  const { summary } = props.row;
  const { t, say, stageTitle } = useWords();
  const [kind, environment] = summary.stage?.split(/:(.*)/s) ?? [];
  const known = stageKindSchema.safeParse(kind).data;
  return (
    <div className={`${styles.lines} ${toneOf(summary.status)}`}>
      <span className={styles.where}>
        {t(`status.${summary.status}`)}
        {known && ` · ${stageTitle({ kind: known, environment })}`}
      </span>
      <span className={styles.sentence}>{say(summary.sentence)}</span>
    </div>
  );
}

/** What each environment holds, and since when. */
export function EnvironmentsCell(props: { row: FleetRow }) {
  const { t } = useWords();
  const { environments } = props.row;
  if (environments.length === 0) {
    return <span className={styles.quiet}>{t('fleet.noEnvironment')}</span>;
  }
  return (
    <ul className={styles.places}>
      {environments.map(({ name, status, image, deployedAt }) => (
        <li key={name}>
          <StatusDot status={image ? status : 'waiting'} size="small" />
          <div className={styles.lines}>
            <span>
              <b>{name}</b>{' '}
              {image && (
                <code>
                  {shortened(image.commit ?? image.tag ?? image.reference)}
                </code>
              )}
            </span>
            <span className={styles.quiet}>
              {image
                ? deployedAt && <Age since={deployedAt} />
                : t('card.holdsNothing')}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The newest run, and how it ended. */
export function LastRunCell(props: { row: FleetRow }) {
  const { t } = useWords();
  const { lastRun } = props.row;
  if (!lastRun) {
    return <span className={styles.quiet}>{t('fleet.noRun')}</span>;
  }
  return (
    <div className={`${styles.lines} ${toneOf(lastRun.status)}`}>
      <span className={styles.outcome}>
        <StatusIcon status={lastRun.status} />
        {t(`status.${lastRun.status}`)}
        {lastRun.commit && <code>{shortened(lastRun.commit)}</code>}
      </span>
      <span className={styles.quiet}>
        <Age since={lastRun.finishedAt ?? lastRun.createdAt} />
      </span>
    </div>
  );
}
