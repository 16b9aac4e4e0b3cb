import { createExtensionTester } from '@backstage/frontend-test-utils';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import deliveryPlugin from '@golden-path/plugin-delivery';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parse } from 'yaml';
import { fileOf, openPortal } from './__testUtils__/openPortal';

// The whole portal is rendered.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => window.localStorage.clear());

const linksIn = (navigation: string) =>
  within(screen.getByRole('navigation', { name: navigation }));
const entry = (name = 'Delivery') =>
  linksIn('sidebar nav').queryByRole('link', { name });
const tabs = () =>
  linksIn('Content navigation')
    .getAllByRole('link')
    .map(link => link.textContent);
const entityPage = (name: string) => `/catalog/default/component/${name}`;
const about = () => screen.findByRole('heading', { name: 'About' });
const card = () => screen.queryByRole('region', { name: 'Delivery' });

describe('languages', () => {
  it.each([
    ['Deutsch', 'Es gibt noch keine Pipeline.'],
    ['Français', "Il n'y a pas encore de pipeline."],
    ['Español', 'Todavía no hay pipeline.'],
    ['日本語', 'パイプラインはまだありません。'],
  ])('can be chosen in Settings: %s', async (language, sentence) => {
    const user = userEvent.setup();
    openPortal('/settings');
    await user.click(await screen.findByText('English'));
    const list = within(await screen.findByRole('listbox'));
    expect(list.getAllByRole('option')).toHaveLength(5);
    await user.click(list.getByRole('option', { name: language }));
    await user.click(await screen.findByRole('link', { name: 'Delivery' }));
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it('are those of the form, too', async () => {
    const [{ title, required, properties }] = parse(
      fileOf('templates/create-app/template.yaml'),
    ).spec.parameters;
    const schema = { type: 'object', properties: { name: properties.name } };
    window.localStorage.setItem('language', 'de');
    openPortal('/create/templates/default/create-app', {
      answers: {
        '/api/scaffolder/v2/templates/default/template/create-app/parameter-schema':
          { title, steps: [{ title, schema: { ...schema, required } }] },
      },
    });
    expect(await screen.findByText('(Pflichtfeld)')).toBeVisible();
  });
});

describe('permissions', () => {
  it('that are given show entry, page, tab and card', async () => {
    openPortal(entityPage('ours'));
    expect(
      await screen.findByRole('region', { name: 'Delivery' }),
    ).toBeVisible();
    expect(entry()).toHaveAttribute('href', '/delivery');
    expect(tabs()).toEqual(['Overview', 'Delivery']);
  });

  it('that are denied hide entry, page, tab and card', async () => {
    openPortal(entityPage('ours'), { policy: { 'delivery.use': 'deny' } });
    await about();
    expect(entry()).toBeNull();
    expect(tabs()).toEqual(['Overview']);
    expect(card()).toBeNull();
  });

  it('that are denied leave nothing at the URL of the page', async () => {
    openPortal('/delivery', { policy: { 'delivery.use': 'deny' } });
    expect(await screen.findByText(/PAGE NOT FOUND/i)).toBeVisible();
  });

  it('with conditions are not asked for without an entity', async () => {
    const asked = openPortal(`${entityPage('theirs')}/delivery`, {
      policy: {
        'delivery.read': 'conditional',
        'delivery.operate': 'conditional',
        'delivery.promote': 'conditional',
      },
    });
    expect(
      await screen.findByText('You may not see the delivery of theirs.'),
    ).toBeVisible();
    expect(entry()).toBeVisible();
    expect(asked).toHaveBeenCalledWith('delivery.use', undefined);
    await userEvent.click(
      linksIn('Content navigation').getByRole('link', { name: 'Overview' }),
    );
    await about();
    expect(card()).toBeNull();
  });
});

describe('configuration of the extensions, as their README shows it', () => {
  const [, yaml] = /## Configure[^]*?```yaml\n([^]*?)```/.exec(
    fileOf('plugins/delivery/README.md'),
  )!;
  const { extensions } = parse(yaml).app as { extensions: object[] };
  const configOf = (id: string) =>
    extensions
      .flatMap(each => Object.entries(each))
      .find(([key]) => key === id)?.[1].config;

  it('moves and names entry and page, which lead to the tab', async () => {
    openPortal(entityPage('ours'), { extensions });
    await about();
    expect(tabs()).toEqual(['Overview', 'CI/CD']);
    expect(entry()).toBeNull();
    const renamed = entry('Golden paths')!;
    expect(renamed).toHaveAttribute('href', '/golden-paths');
    // The plugin's own is none of Material UI's.
    expect(renamed.querySelector('.MuiSvgIcon-root')).toBeVisible();
    await userEvent.click(renamed);
    expect(await screen.findByRole('link', { name: /ours/ })).toHaveAttribute(
      'href',
      `${entityPage('ours')}/cicd`,
    );
  });

  it('says for which entities tab and card are', async () => {
    openPortal(entityPage('older'), { extensions });
    await about();
    expect(tabs()).toEqual(['Overview']);
    expect(card()).toBeNull();
  });

  it('is not needed for entities of older golden paths', async () => {
    openPortal(entityPage('older'));
    await about();
    expect(tabs()).toEqual(['Overview', 'Delivery']);
  });

  it('says where tab and card stand', () => {
    const content = createExtensionTester(
      deliveryPlugin.getExtension('entity-content:delivery'),
      { config: configOf('entity-content:delivery') },
    );
    expect(content.get(EntityContentBlueprint.dataRefs.group)).toBe(
      'development',
    );
    expect(content.get(EntityContentBlueprint.dataRefs.icon)).toBe('github');
    const { type } = EntityCardBlueprint.dataRefs;
    expect(
      createExtensionTester(
        deliveryPlugin.getExtension('entity-card:delivery'),
        { config: configOf('entity-card:delivery') },
      ).get(type),
    ).toBe('info');
  });
});
