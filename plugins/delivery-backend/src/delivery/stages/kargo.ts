import { say, type SentenceCode } from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from '../environments';
import type { Facts, KargoStageFacts } from '../facts';
import { shortTag } from '../image';
import type { StageDraft } from './draft';

/** Phases of a Promotion that goes on, and of one that somebody must look at. */
const UNDER_WAY = ['Pending', 'Running'];
const UNSUCCESSFUL = ['Failed', 'Errored', 'Aborted'];

interface Codes {
  running: SentenceCode;
  failed: SentenceCode;
  next: SentenceCode;
}

/** The promotion to a Stage that goes on or failed. */
function promotionOf(
  kargo: KargoStageFacts,
  values: Record<string, string>,
  codes: Codes,
): StageDraft | undefined {
  const { promotion } = kargo;
  if (!promotion) {
    return undefined;
  }
  const freight = titleOf(promotion.freight, kargo);
  const word = promotion.phase;
  if (UNDER_WAY.includes(promotion.phase ?? '')) {
    const sentence = say(codes.running, { ...values, freight });
    return { status: 'running', word, sentence };
  }
  // A Stage may hold the Freight all the same, by a later try.
  const isHeld = promotion.freight === kargo.freight?.name;
  if (!UNSUCCESSFUL.includes(promotion.phase ?? '') || isHeld) {
    return undefined;
  }
  const cause = say(codes.failed, { ...values, freight });
  return {
    status: 'failed',
    word,
    sentence: cause,
    since: promotion.finishedAt,
    diagnosis: {
      cause,
      evidence: promotion.message,
      nextStep: say(codes.next),
    },
  };
}

/** What Kargo does about the first environment: nothing comes before it but a Warehouse. */
export function kargoDeployment(
  { name, kargo }: EnvironmentState,
  { warehouses }: Facts,
): StageDraft | undefined {
  if (!kargo) {
    return undefined;
  }
  const blind = warehouses
    .filter(({ project }) => project === kargo.project)
    .flatMap(({ name: warehouse, conditions }) =>
      conditions
        .filter(({ type, status }) => type === 'Healthy' && status === 'False')
        .map(({ message, reason }) => ({
          warehouse,
          evidence: message ?? reason,
        })),
    )
    .at(0);
  return (
    promotionOf(
      kargo,
      { environment: name },
      {
        running: 'deploy.kargoPromoting',
        failed: 'deploy.kargoFailed',
        next: 'deploy.kargoFailed.next',
      },
    ) ??
    (blind && withoutFreight(blind))
  );
}

function withoutFreight(blind: {
  warehouse: string;
  evidence?: string;
}): StageDraft {
  const cause = say('deploy.warehouse', { warehouse: blind.warehouse });
  return {
    status: 'waiting',
    sentence: cause,
    diagnosis: {
      cause,
      evidence: blind.evidence,
      nextStep: say('deploy.warehouse.next'),
    },
  };
}

/**
 * The Freight that may be promoted to a Stage: the one whose promotion failed, once more, else
 * the next one that Kargo has verified.
 */
export function freightToPromote({
  promotion,
  freight,
  available,
}: Pick<KargoStageFacts, 'promotion' | 'freight' | 'available'>):
  | { name: string; title: string }
  | undefined {
  const hasFailed =
    promotion?.freight !== undefined &&
    promotion.freight !== freight?.name &&
    UNSUCCESSFUL.includes(promotion.phase ?? '');
  const name = hasFailed ? promotion.freight : available.at(0)?.name;
  return name === undefined
    ? undefined
    : { name, title: titleOf(name, { freight, available }) };
}

/** What Kargo says of the way from one environment to the next. */
export function kargoPromotion(
  from: EnvironmentState,
  to: EnvironmentState,
): StageDraft | undefined {
  const { kargo } = to;
  if (!kargo) {
    return undefined;
  }
  const values = { from: from.name, to: to.name };
  const moving = promotionOf(kargo, values, {
    running: 'promotion.kargoRunning',
    failed: 'promotion.kargoFailed',
    next: 'promotion.kargoFailed.next',
  });
  if (moving) {
    return moving;
  }
  const next = freightToPromote(kargo);
  if (next) {
    return {
      status: 'waiting',
      sentence: say('promotion.kargoReady', { ...values, freight: next.title }),
    };
  }
  const held = from.kargo?.freight;
  return held && !from.kargo?.verified && held.name !== kargo.freight?.name
    ? {
        status: 'waiting',
        sentence: say('promotion.kargoNotVerified', {
          ...values,
          freight: titleOf(held.name, from.kargo),
        }),
      }
    : undefined;
}

/** People know Freight by its alias; names are hashes. */
function titleOf(
  name = '',
  kargo?: Pick<KargoStageFacts, 'freight' | 'available'>,
): string {
  const known = [kargo?.freight, ...(kargo?.available ?? [])].find(
    freight => freight?.name === name,
  );
  return known?.alias ?? shortTag(name);
}
