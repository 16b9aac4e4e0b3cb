import { Clock } from '../clock';
import { Collection } from '../Collection';
import { Discovery } from '../Discovery';
import { HttpTransport } from '../KubeTransport';
import { Reflector } from '../Reflector';
import { Change, KindRef, KindState } from '../types';
import { FakeApiServer } from './FakeApiServer';
import { FakeResource } from './FakeResource';
import { contents } from './kinds';

export const workflow: KindRef = { group: 'argoproj.io', kind: 'Workflow' };

/** A reflector at work on a fake API server, and what it has done so far. */
export function reflect(
  server: FakeApiServer,
  clock: Clock,
  kind: KindRef = workflow,
) {
  const transport = new HttpTransport(server.access());
  const changes: Change[] = [];
  const states: KindState[] = [];
  const collection = new Collection(kind, change => changes.push(change));
  const reflector = new Reflector({
    kind,
    transport,
    discovery: new Discovery(transport, clock),
    sink: collection,
    clock,
    onState: state => states.push(state),
  });
  reflector.start();
  return {
    reflector,
    collection,
    changes,
    states,
    isLive: () => reflector.state.state === 'live',
    /** Whether the collection is what a list would give now. */
    equals: (resource: FakeResource) =>
      contents(collection.list()).join() ===
      contents(resource.objects.values()).join(),
    stop: async () => {
      await reflector.stop();
      transport.close();
    },
  };
}

export type Reflected = ReturnType<typeof reflect>;
