import { useWords } from '../../language';
import type { deploymentDays } from './deploymentDays';
import tables from '../Section/table.module.css';
import styles from './History.module.css';
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
  const promotedOn = promotions.map(({ requestedAt }) =>
    dayIn(span, Date.parse(requestedAt)),
  );
  const days = new Set([
    ...promotedOn,
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
              <td>{promotedOn.filter(each => each === day).length}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
