import { renderTestApp } from '@backstage/frontend-test-utils';
import { sentences } from '@golden-path/plugin-delivery-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import plugin from '.';
import { catalog } from '../dev/catalog';
import { fixtureApi } from '../dev/fixtureApi';
import { gallery } from '../dev/gallery';
import { languages } from '../dev/languages';
import { permissions } from '../dev/permissions';
import { deliveryStates, fleetStates } from '../dev/states';
import { deliveryWords } from './translation';
import de from './translations/messages/de.json';
import es from './translations/messages/es.json';
import fr from './translations/messages/fr.json';
import ja from './translations/messages/ja.json';

// Whole apps are rendered, in every language, and axe looks at each.
jest.setTimeout(180_000);

type Messages = Record<string, string>;

const english: Messages = {
  ...deliveryWords,
  ...Object.fromEntries(
    Object.entries(sentences).map(([code, text]) => [`sentence.${code}`, text]),
  ),
};
const others: Record<string, Messages> = { de, es, fr, ja };

/** Messages of several words that are the same whatever they are about. */
const telling = Object.keys(english).filter(
  key =>
    english[key].length > 8 &&
    english[key].includes(' ') &&
    !english[key].includes('{{') &&
    Object.values(others).every(words => !words[key].includes(english[key])),
);

const state = () => screen.getByTestId('state');

/** All that the state says, to eyes and to ears; not what was announced before. */
function said(): string {
  const shown = state().cloneNode(true) as HTMLElement;
  shown.querySelectorAll('[aria-live]').forEach(each => each.remove());
  const labels = [...shown.querySelectorAll('[aria-label]')].map(each =>
    each.getAttribute('aria-label'),
  );
  return [shown.textContent, ...labels].join('\n');
}

const isReading = () => /Reading the/.test(said());

function render(at: string) {
  window.history.replaceState({}, '', at);
  renderTestApp({
    features: [
      // Nobody is asked for a permission before the app starts.
      plugin.withOverrides({ if: undefined }),
      catalog,
      fixtureApi,
      permissions,
      languages,
      gallery,
    ],
    config: {
      app: {
        baseUrl: 'http://localhost',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', ...Object.keys(others)],
              },
            },
          },
        ],
      },
    },
    initialRouteEntries: [at],
  });
}

/** Opens a page of the gallery, and waits until it shows what it is about. */
async function open(at: string) {
  render(at);
  await screen.findByTestId('state');
  await waitFor(() => {
    expect(said().trim()).not.toBe('');
    expect(isReading()).toBe(/\/loading/.test(at));
  });
}

/** As another tab of the browser does when somebody chooses a language there. */
async function speak(language: string) {
  await act(async () => {
    window.localStorage.setItem('language', language);
    window.dispatchEvent(new StorageEvent('storage', { key: 'language' }));
  });
}

afterEach(() => window.localStorage.clear());

const states = Object.keys(deliveryStates);
const tabs = states.map(name => `/states/${name}/tab`);
const cards = states.map(name => `/states/${name}/card`);
const fleets = Object.keys(fleetStates).map(name => `/fleet/${name}`);

/** Those whose every word is about something. */
const wordless = ['/states/loading/tab'];

// `many` is as `some`, and takes long without a layout.
it.each([...tabs, ...fleets.filter(at => at !== '/fleet/many')])(
  '%s is accessible, and complete in each language',
  async at => {
    await open(at);
    expect(
      await axe(state(), {
        // Backstage UI's rows that stand in for others while a table loads.
        rules: { 'empty-table-header': { enabled: at !== '/fleet/loading' } },
      }),
    ).toHaveNoViolations();
    const inEnglish = said();
    expect(inEnglish).not.toMatch(/\{\{|\}\}/);
    const heard = telling.filter(key => inEnglish.includes(english[key]));
    expect(heard.length === 0).toBe(wordless.includes(at));
    // A short message may be part of others.
    const [longest] = heard.sort(
      (one, other) => english[other].length - english[one].length,
    );
    for (const [language, words] of Object.entries(others)) {
      await speak(language);
      await waitFor(() => expect(said()).toContain(words[longest] ?? ''));
      const translated = said();
      expect(translated).not.toMatch(/\{\{|\}\}/);
      const left = heard.filter(key => translated.includes(english[key]));
      expect(left).toEqual([]);
    }
  },
);

it.each(cards)('%s is accessible', async at => {
  await open(at);
  expect(await axe(state())).toHaveNoViolations();
  expect(said()).not.toMatch(/\{\{|\}\}/);
});

it('has a list of all states that leads to each by keyboard', async () => {
  render('/states');
  const main = within(
    (await screen.findByText('Every state')).closest('main')!,
  );
  const links = main.getAllByRole('link');
  expect(links.map(link => link.getAttribute('href'))).toEqual(
    expect.arrayContaining([...tabs, ...cards, ...fleets]),
  );
  links.forEach(link => expect(link.tabIndex).toBe(0));
});
