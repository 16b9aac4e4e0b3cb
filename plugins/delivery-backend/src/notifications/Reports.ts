import type { LoggerService } from '@backstage/backend-plugin-api';

const WHAT = {
  sending:
    'Cannot send a notification now; it is kept for a day and tried again',
  database:
    'Cannot read or write which notifications are to be sent; it is tried again',
};

/** Tells of trouble when it begins and when it is over, and not each time between. */
export class Reports {
  readonly #troubled = new Set<keyof typeof WHAT>();
  #isAbsent = false;

  constructor(private readonly logger: LoggerService) {}

  failed(what: keyof typeof WHAT, { message }: Error): void {
    if (!this.#troubled.has(what)) {
      this.#troubled.add(what);
      // Of a database's error without the statement and its values, which knex puts first.
      const reason = message.slice(message.lastIndexOf(' - ') + 1);
      this.logger.warn(`${WHAT[what]}: ${reason.replace(/^- /, '')}`);
    }
  }

  recovered(what: keyof typeof WHAT): void {
    if (what === 'sending') {
      this.#isAbsent = false;
    }
    if (this.#troubled.delete(what)) {
      this.logger.info('Notifications are sent again');
    }
  }

  /** There is no notifications backend. */
  absent(): void {
    if (!this.#isAbsent) {
      this.#isAbsent = true;
      this.logger.warn(
        'Owners are not notified: there is no notifications backend. Add @backstage/plugin-notifications-backend, or remove delivery.notifications from the configuration.',
      );
    }
  }
}
