import type {
  Delivery,
  Stage,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
import { useMemo } from 'react';
import type { CSSProperties } from 'react';
import { useWords } from '../../language';
import { isPipelineSuspended, OperationButton } from '../Operations';
import { Section } from '../Section';
import { StatusDot, toneOf } from '../status';
import styles from './GoldenPath.module.css';
import { StationText } from './StationText';
import { currentStation, leadingStage, stationsOf } from './stations';

/** There is nothing to suspend, or nobody knows. */
const HAS_NO_PIPELINE: StageStatus[] = ['missing', 'unknown'];

/** So many stations may say the same: one that waits for the part of another does. */
const FEW = 2;

const isThere = ({ status, sentence }: Stage) =>
  !HAS_NO_PIPELINE.includes(status) && sentence.code !== 'pipeline.syncing';

/** The way from commit to production as an ordered list. */
export function GoldenPath(props: Pick<Delivery, 'stages' | 'location'>) {
  const { stages, location } = props;
  const { t } = useWords();
  const stations = useMemo(() => stationsOf(stages), [stages]);
  const current = currentStation(stations);
  const sentences = stations.map(it => leadingStage(it).sentence.text);
  const pipeline = stages.find(({ kind }) => kind === 'pipeline');
  const columns = { '--stations': stations.length } as CSSProperties;
  return (
    <Section
      title={t('path.title')}
      aside={
        <span className={styles.aside}>
          {t('path.location', {
            cluster: location.cluster,
            namespace: location.instanceNamespace,
          })}
          {pipeline && isThere(pipeline) && (
            <OperationButton
              isNamed
              variant="tertiary"
              request={{
                operation: isPipelineSuspended(pipeline)
                  ? 'resume-pipeline'
                  : 'suspend-pipeline',
              }}
            />
          )}
        </span>
      }
    >
      <ol className={styles.path} style={columns}>
        {stations.map((station, i) => (
          <li
            key={station.id}
            className={`${styles.station} ${toneOf(station.status)}`}
            data-status={station.status}
            data-stale={leadingStage(station).staleSince ? true : undefined}
            aria-current={station === current ? 'step' : undefined}
          >
            <StatusDot status={station.status} />
            <StationText
              station={station}
              // What is true of many, such as a lost cluster, is said once.
              isSaid={
                sentences.indexOf(sentences[i]) < i &&
                sentences.filter(it => it === sentences[i]).length > FEW
              }
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}
