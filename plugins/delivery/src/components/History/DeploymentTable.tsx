import type { RecordedPromotion } from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import type { deploymentDays } from './deploymentDays';
import tables from '../Section/table.module.css';
import styles from './History.module.css';
import { promotionWordsOf } from './promotionWords';
import { dateOf, dayIn } from './span';
import type { Span } from './span';

/** Each day on which something was deployed or promoted, newest first. */
export function DeploymentTable(props: {
  data: ReturnType<typeof deploymentDays>;
  span: Span;
}) {
  const { data, span } = props;
  const { t, language } = useWords();
  const { environments, promotions } = data;
  const promotedOn = (day: number) =>
    promotions.filter(
      ({ requestedAt }) => dayIn(span, Date.parse(requestedAt)) === day,
    );
  const days = new Set([
    ...promotions.map(({ requestedAt }) =>
      dayIn(span, Date.parse(requestedAt)),
    ),
    ...environments.flatMap(each => each.days.map(({ day }) => day)),
  ]);
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <table
      className={`${tables.table} ${styles.table}`}
      aria-label={t('history.deployments')}
    >
      <thead>
        <tr>
          <th scope="col">{t('history.day')}</th>
          {environments.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{t('history.promotions')}</th>
        </tr>
      </thead>
      <tbody>
        {[...days]
          .sort((a, b) => b - a)
          .map(day => (
            <tr key={day}>
              <th scope="row">{format.format(dateOf(span, day))}</th>
              {environments.map(({ name, days: of }) => {
                const found = of.find(each => each.day === day);
                return (
                  <td key={name}>
                    {found ? found.succeeded + found.failed : 0}
                    {found && found.failed > 0 && (
                      <span className={styles.quiet}>
                        {' '}
                        (
                        {t('history.deploymentsFailed', {
                          number: String(found.failed),
                        })}
                        )
                      </span>
                    )}
                  </td>
                );
              })}
              <td>
                <Promoted promotions={promotedOn(day)} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** How many, and each as the drawing tells it under the pointer. */
function Promoted(props: { promotions: readonly RecordedPromotion[] }) {
  const { promotions } = props;
  const words = useWords();
  if (promotions.length === 0) {
    return <>0</>;
  }
  return (
    <>
      {promotions.length}
      <ul className={styles.promoted}>
        {promotions.map(promotion => {
          const { title, lines } = promotionWordsOf(promotion, words);
          return (
            <li key={promotion.id}>
              {title} <span className={styles.quiet}>{lines.join(' · ')}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
