import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link, MemoryRouter } from 'react-router-dom';
import { Browser } from '../../__testUtils__/Browser';
import { useLinkedRun } from './useLinkedRun';
import { useOpenRun } from './useOpenRun';

const scrolled: unknown[] = [];

function Runs({ names }: { names: string[] }) {
  const { open, openRun, closeRun } = useOpenRun();
  useLinkedRun(open[0]);
  return (
    <>
      <Link to="?run=b">The notification</Link>
      {names.map(name => (
        <div key={name} data-run={name}>
          <button onClick={() => openRun(name)}>Open {name}</button>
          <button onClick={() => closeRun({ name, steps: [] })}>
            Close {name}
          </button>
        </div>
      ))}
    </>
  );
}

const page = (at: string, names: string[]) => (
  <MemoryRouter initialEntries={[at]}>
    <Runs names={names} />
    <Browser />
  </MemoryRouter>
);
const press = (name: string) =>
  userEvent.click(
    screen.getByRole(name.startsWith('The') ? 'link' : 'button', { name }),
  );

describe('the run of a link', () => {
  beforeEach(() => {
    scrolled.length = 0;
    jest
      .spyOn(Element.prototype, 'scrollIntoView')
      .mockImplementation(function scrollIntoView(this: Element) {
        scrolled.push(this.getAttribute('data-run'));
      });
  });
  afterEach(() => jest.restoreAllMocks());

  it('is brought into view, also when the page is there already', async () => {
    render(page('/?run=a', ['a', 'b']));
    expect(scrolled).toEqual(['a']);
    await press('The notification');
    expect(screen.getByRole('status')).toHaveTextContent('/?run=b');
    expect(scrolled).toEqual(['a', 'b']);
  });

  it('is all that moves the page: no update, nothing opened or closed on it, and no way back', async () => {
    const { rerender } = render(page('/', ['a', 'b']));
    await press('Open a');
    await press('The notification');
    expect(scrolled).toEqual(['b']);
    await press('Open a');
    await press('Close b');
    await press('Close a');
    expect(screen.getByRole('status')).toHaveTextContent(/^\/$/);
    rerender(page('/', ['c', 'a', 'b']));
    await press('Back');
    expect(screen.getByRole('status')).toHaveTextContent('/?run=a');
    rerender(page('/', ['d', 'c', 'a']));
    expect(scrolled).toEqual(['b']);
  });
});
