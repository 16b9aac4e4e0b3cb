import type {
  Delivery,
  DeliveryStreamEvent,
  DeploymentHistory,
  Dora,
  OperationOutcome,
  OperationRequest,
  RunHistory,
  StepLogEvent,
} from '@golden-path/plugin-delivery-common';
import type {
  DeliveryApi,
  DeliveryRequest,
  DeploymentHistoryRequest,
  DoraRequest,
  FollowStepLogRequest,
  OperateRequest,
  RunHistoryRequest,
  StepLogRequest,
} from '../api';
import { Script } from './Script';

/** A backend that says what a test tells it to. */
export class ScriptedApi
  implements Omit<DeliveryApi, 'listDeliveries' | 'listDora'>
{
  readonly #deliveries = new Script<DeliveryStreamEvent>();
  /** What the log of any step says. */
  readonly log = new Script<StepLogEvent>();
  readonly logsAsked: StepLogRequest[] = [];
  readonly operated: OperationRequest[] = [];
  /** What is answered to an operation; an error refuses it. */
  answer: OperationOutcome | Error | undefined;
  refusal: Error | undefined;
  logRefusal: Error | undefined;
  streams = 0;
  /** What was recorded; an error refuses it, nothing leaves it open. */
  runHistory: RunHistory | Error | undefined;
  deploymentHistory: DeploymentHistory | Error | undefined;
  dora: Dora | Error | undefined;
  readonly historyAsked: Array<
    RunHistoryRequest | DeploymentHistoryRequest | DoraRequest
  > = [];

  constructor(delivery?: Delivery) {
    if (delivery) {
      this.send(delivery);
    }
  }

  send(delivery: Delivery) {
    this.#deliveries.say({ event: 'delivery', data: delivery });
  }

  async readDelivery(): Promise<never> {
    throw this.refusal ?? new Error('Not expected here');
  }

  async *streamDelivery({ signal }: DeliveryRequest) {
    this.streams++;
    if (this.refusal) {
      throw this.refusal;
    }
    yield* this.#deliveries.heard(signal);
  }

  async getRunHistory(request: RunHistoryRequest) {
    return this.#recorded(request, this.runHistory);
  }

  async getDeploymentHistory(request: DeploymentHistoryRequest) {
    return this.#recorded(request, this.deploymentHistory);
  }

  async getDora(request: DoraRequest) {
    return this.#recorded(request, this.dora);
  }

  async #recorded<T>(
    request: RunHistoryRequest | DeploymentHistoryRequest | DoraRequest,
    answer: T | Error | undefined,
  ): Promise<T> {
    this.historyAsked.push(request);
    if (answer instanceof Error) {
      throw answer;
    }
    return answer ?? new Promise<T>(() => {});
  }

  async operate({ request }: OperateRequest) {
    this.operated.push(request);
    if (!this.answer || this.answer instanceof Error) {
      throw this.answer ?? new Error('Not expected here');
    }
    return this.answer;
  }

  async *followStepLog({ run, step, entityRef, signal }: FollowStepLogRequest) {
    this.logsAsked.push({ entityRef, run, step });
    if (this.logRefusal) {
      throw this.logRefusal;
    }
    yield* this.log.heard(signal);
  }

  async readStepLog({ step }: StepLogRequest) {
    return `log of ${step}`;
  }
}
