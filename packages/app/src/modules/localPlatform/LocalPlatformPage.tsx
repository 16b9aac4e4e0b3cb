import { Alert, Cell, CellText, Container, Table, Text } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  RiHammerLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import type { PlatformSystem } from './platformStatus';
import { usePlatformStatus } from './usePlatformStatus';

type Row = PlatformSystem & { id: string };

const icons = {
  waiting: RiTimeLine,
  downloading: RiHammerLine,
  building: RiHammerLine,
  starting: RiLoader4Line,
  ready: RiCheckLine,
  failed: RiCloseLine,
};

function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}

function progress(system: PlatformSystem, now: number): string {
  const elapsed = minutes((now - Date.parse(system.since)) / 1000);
  if (system.state === 'ready' || system.state === 'waiting') {
    return '';
  }
  return system.expectedSeconds
    ? `${elapsed} of about ${minutes(system.expectedSeconds)}`
    : elapsed;
}

function columns(now: number): ColumnConfig<Row>[] {
  return [
    {
      id: 'title',
      label: 'System',
      isRowHeader: true,
      // Other than a CellText it is not cut off.
      cell: system => (
        <Cell>
          <Text>{system.title}</Text>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: 'State',
      cell: system => {
        const Icon = icons[system.state];
        return (
          <CellText title={system.state} leadingIcon={<Icon size={16} />} />
        );
      },
    },
    {
      id: 'time',
      label: 'Time',
      cell: system => <CellText title={progress(system, now)} />,
    },
    {
      id: 'message',
      label: 'What happens',
      cell: system => (
        <Cell>
          <Text variant="body-small">{system.message ?? ''}</Text>
        </Cell>
      ),
    },
  ];
}

export function LocalPlatformPage() {
  const { systems, error, now } = usePlatformStatus();
  const ready = systems.filter(system => system.state === 'ready').length;

  return (
    <Container>
      {error && <Alert status="info" title={error} icon mb="4" />}
      {systems.length > 0 && (
        <>
          <Text as="p" aria-live="polite" style={{ marginBottom: 16 }}>
            {ready === systems.length
              ? 'All systems of the embedded platform are ready.'
              : `${ready} of ${systems.length} systems are ready. You can use the portal meanwhile: each system joins the Delivery tab as soon as it is up.`}
          </Text>
          <Table
            aria-label="Systems of the local platform"
            columnConfig={columns(now)}
            data={systems.map(system => ({ ...system, id: system.name }))}
            pagination={{ type: 'none' }}
          />
        </>
      )}
    </Container>
  );
}
