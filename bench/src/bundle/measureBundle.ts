import { join } from 'node:path';
import type { Findings } from '../report/Result.ts';
import { root } from '../root.ts';
import { readBundle, type BundleFile } from './files.ts';
import { addedBy, bytesOf, type Added } from './parts.ts';
import { buildPortal } from './portal.ts';

const TAB = 'the Delivery tab';
const ON_TAB = 'on the tab, when needed:';
/** Parts by a module that only they begin with. */
const NAMES = {
  'DeliveryContent/DeliveryContent.esm.js': TAB,
  'DeliveryCard/RoutedDeliveryCard.esm.js': 'the card',
  'FleetPage/FleetPage.esm.js': 'the page with all golden paths',
  'RunView/RunView.esm.js': `${ON_TAB} a run that is opened`,
  'Logs/LogPane.esm.js': `${ON_TAB} the log of a step`,
  'History/Past.esm.js': `${ON_TAB} charts of the past`,
  'Dora/Sparkline.esm.js': 'trends of the figures, on tab and page',
  'delivery/package.json.esm.js': 'what the portal tells of the plugin',
  'scaffolder-module-delivery/dist/AppNameField.esm.js':
    'the form that creates an application',
};

type Row = [name: string, all: number, regrouped: number];

const KILOBYTE = 1_000;
const TAB_LIMIT = 60;
const WHOLE_LIMIT = 150;

/**
 * Builds a portal with and without the packages of this repository, and weighs both.
 *
 * @throws when what was built is not understood
 */
export async function measureBundle(): Promise<Findings> {
  const folder = (name: string) => join(root, '.bench', 'bundle', name);
  const without = await buildPortal(folder('without'), { withOurs: false });
  const ours = await buildPortal(folder('with'), { withOurs: true });
  return findings(addedBy(readBundle(ours), readBundle(without), NAMES));
}

function findings({ eager, parts, whole }: Added): Findings {
  const tab = parts.find(({ name }) => name === TAB);
  if (!tab || eager <= 0) {
    throw new Error('The portal with our packages has no Delivery tab');
  }
  const kilobytes = (bytes: number) => bytes / KILOBYTE;
  const rows = parts.map(({ name, files, regrouped }): Row => {
    // What was needed to get there is there.
    const isNew = (file: BundleFile) =>
      !name.startsWith(ON_TAB) || !tab.files.includes(file);
    return [
      name,
      kilobytes(bytesOf(files.filter(isNew))),
      kilobytes(bytesOf(regrouped.filter(isNew))),
    ];
  });
  return {
    targets: [
      {
        name: 'the tab with all that it needs to show what is going on',
        value: kilobytes(eager + bytesOf(tab.files)),
        limit: TAB_LIMIT,
        unit: 'kB',
      },
      {
        name: 'everything',
        value: kilobytes(whole),
        limit: WHOLE_LIMIT,
        unit: 'kB',
      },
    ],
    tables: [
      {
        title: 'What a portal loads in addition, kB by gzip',
        columns: ['when', 'kB', "of it Backstage's own, grouped otherwise"],
        rows: [
          ['with every page of the portal', kilobytes(eager), ''],
          ...rows.sort(([, a], [, b]) => b - a),
          [
            'all files with our packages less all files without',
            kilobytes(whole),
            '',
          ],
        ],
      },
    ],
  };
}
