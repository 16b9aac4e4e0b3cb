import type { Delivery } from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import { Section } from '../Section';
import styles from './DayZero.module.css';

/** Nothing exists yet, and nothing is wrong with that. */
export function isDayZero(delivery: Delivery): boolean {
  return (
    delivery.runs.length === 0 &&
    delivery.environments.every(environment => !environment.image) &&
    delivery.stages.some(
      ({ kind, status, sentence }) =>
        kind === 'pipeline' &&
        (status === 'missing' || sentence.code === 'pipeline.syncing'),
    )
  );
}

/** Says what will happen, to somebody who has just filled the form. */
export function DayZero() {
  const { t } = useWords();
  return (
    <Section title={t('dayZero.title')} aside={t('dayZero.noReload')}>
      <ol className={styles.steps}>
        <li>{t('dayZero.pipeline')}</li>
        <li>{t('dayZero.parts')}</li>
        <li>{t('dayZero.build')}</li>
        <li>{t('dayZero.dev')}</li>
      </ol>
    </Section>
  );
}
