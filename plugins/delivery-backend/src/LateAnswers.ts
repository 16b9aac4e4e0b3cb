import { isDeepStrictEqual } from 'node:util';
import { systemClock, type Clock } from './kubernetes/clock';

export interface LateAnswersOptions<T> {
  /** Asks somebody who may take long, or fail. */
  ask(key: string): Promise<T>;
  /** For how many milliseconds an answer is good; `Infinity` for ever. */
  keepMs(answer: T): number;
  /** How long nobody is asked again after a failure, in milliseconds. */
  retryMs(error: unknown): number;
  /** How many answers are remembered. */
  capacity: number;
  /** How many questions are out at once. */
  atOnce: number;
  clock?: Clock;
}

interface Question<T> {
  answer?: T;
  /** By the clock of the process; until then nobody is asked again. */
  dueAt: number;
  isOut: boolean;
  waiting: Set<() => void>;
  /** Calls off the question that was put off until then. */
  cancel?: () => void;
  /** The answer that is on its way may be from before something changed. */
  isOutdated?: boolean;
}

/**
 * Answers from memory for what cannot wait: a question is asked after it was put, and who
 * put it is told when the answer is another than before.
 */
export class LateAnswers<T> {
  readonly #options: LateAnswersOptions<T>;
  readonly #clock: Clock;
  /** The one that was put longest ago comes first. */
  readonly #questions = new Map<string, Question<T>>();
  readonly #queue: string[] = [];
  #out = 0;
  #isStopped = false;

  constructor(options: LateAnswersOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * What is known now. Never waits, never throws.
   *
   * @param later - called once when that changes; without it nobody is asked
   */
  get(key: string, later?: () => void): T | undefined {
    const known = this.#questions.get(key);
    if (!later || this.#isStopped) {
      return known?.answer;
    }
    const question = known ?? { dueAt: 0, isOut: false, waiting: new Set() };
    this.#questions.delete(key);
    this.#questions.set(key, question);
    if (question.dueAt < Infinity) {
      question.waiting.add(later);
      this.#askWhenDue(key, question);
    }
    this.#forgetOldest();
    return question.answer;
  }

  /** Says that the answer is another by now: it is asked for at once where it is waited for. */
  changed(key: string): void {
    const question = this.#questions.get(key);
    if (!question || this.#isStopped) {
      return;
    }
    question.isOutdated = question.isOut;
    question.dueAt = 0;
    question.cancel?.();
    question.cancel = undefined;
    if (question.waiting.size > 0) {
      this.#askWhenDue(key, question);
    }
  }

  /** Asks nobody any more. */
  stop(): void {
    this.#isStopped = true;
    this.#queue.length = 0;
    this.#questions.forEach(({ cancel }) => cancel?.());
    this.#questions.clear();
  }

  #askWhenDue(key: string, question: Question<T>): void {
    if (question.isOut || question.cancel) {
      return;
    }
    const pause = question.dueAt - this.#clock.monotonic();
    if (pause <= 0) {
      this.#enqueue(key, question);
      return;
    }
    question.cancel = this.#clock.after(pause, () => {
      question.cancel = undefined;
      if (question.answer === undefined) {
        // Whoever still wants to know puts it again.
        this.#tell(question);
      } else {
        this.#enqueue(key, question);
      }
    });
  }

  #tell(question: Question<T>): void {
    const { waiting } = question;
    question.waiting = new Set();
    waiting.forEach(tell => tell());
  }

  #enqueue(key: string, question: Question<T>): void {
    question.isOut = true;
    this.#queue.push(key);
    this.#askNext();
  }

  #askNext(): void {
    while (this.#out < this.#options.atOnce) {
      const key = this.#queue.shift();
      const question = key === undefined ? undefined : this.#questions.get(key);
      if (key === undefined) {
        return;
      }
      if (question) {
        this.#out += 1;
        void this.#ask(key, question);
      }
    }
  }

  async #ask(key: string, question: Question<T>): Promise<void> {
    const { ask, keepMs, retryMs } = this.#options;
    const before = question.answer;
    let pause: number;
    let isNew = false;
    try {
      const answer = await ask(key);
      pause = keepMs(answer);
      isNew = !isDeepStrictEqual(answer, before);
      question.answer = answer;
    } catch (error) {
      // What was known stays.
      pause = retryMs(error);
    }
    this.#out -= 1;
    question.isOut = false;
    const { isOutdated } = question;
    question.isOutdated = false;
    question.dueAt = isOutdated ? 0 : this.#clock.monotonic() + pause;
    if (this.#isStopped) {
      return;
    }
    if (isNew) {
      this.#tell(question);
    } else if (
      isOutdated ||
      (question.answer === undefined && pause < Infinity)
    ) {
      this.#askWhenDue(key, question);
    }
    this.#askNext();
  }

  #forgetOldest(): void {
    for (const [key, { isOut, cancel }] of this.#questions) {
      if (this.#questions.size <= this.#options.capacity) {
        return;
      }
      if (!isOut) {
        cancel?.();
        this.#questions.delete(key);
      }
    }
  }
}
