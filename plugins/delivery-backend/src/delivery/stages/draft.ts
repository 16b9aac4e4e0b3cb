import type {
  Link,
  Stage,
  StageKind,
} from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from '../environments';
import type { Facts } from '../facts';
import type { Past } from '../journey/beyond';
import type { linksOf } from '../links';
import type { Location } from '../locate';

/** What every stage is made from. */
export interface StageContext {
  location: Location;
  facts: Facts;
  environments: EnvironmentState[];
  links: ReturnType<typeof linksOf>;
  /** What the history keeps of it, once that has been read. */
  past?: Past;
}

/** A stage before it is known how well its sources are. */
export interface StageDraft extends Omit<Stage, 'id' | 'kind' | 'links'> {
  links?: Link[];
  /** The stage whose sources tell this one, where those are not its own. */
  toldBy?: StageKind;
}
