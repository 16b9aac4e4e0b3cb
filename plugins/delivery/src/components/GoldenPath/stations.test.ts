import { fixture } from '../../__fixtures__';
import { currentStation, leadingStage, stationsOf } from './stations';

describe('stationsOf', () => {
  it('shows deploy and run of an environment as one stop', () => {
    const stations = stationsOf(fixture('healthy-dev').stages);
    expect(stations.map(({ id, status }) => [id, status])).toEqual([
      ['source', 'succeeded'],
      ['pipeline', 'succeeded'],
      ['trigger', 'succeeded'],
      ['build', 'succeeded'],
      ['image', 'succeeded'],
      ['environment:dev', 'succeeded'],
      ['promotion:prod', 'waiting'],
      ['environment:prod', 'waiting'],
    ]);
    expect(stations[5].stages.map(({ id }) => id)).toEqual([
      'deploy:dev',
      'run:dev',
    ]);
  });

  it('takes the status of the part that is worse', () => {
    const stages = fixture('healthy-dev').stages.map(stage =>
      stage.id === 'run:dev' ? { ...stage, status: 'failed' as const } : stage,
    );
    const dev = stationsOf(stages)[5];
    expect(dev.status).toBe('failed');
    expect(leadingStage(dev).id).toBe('run:dev');
  });

  it('says what runs where all is well, and else the cause', () => {
    const [dev, prod] = stationsOf(fixture('healthy-dev').stages).filter(
      ({ kind }) => kind === 'environment',
    );
    expect(leadingStage(dev).sentence.code).toBe('run.healthy');
    expect(leadingStage(prod).sentence.code).toBe('deploy.nothing.promotion');
  });

  it('keeps environments without a promotion between them apart', () => {
    const stages = fixture('healthy-dev').stages.filter(
      ({ kind }) => kind === 'deploy' || kind === 'run',
    );
    expect(stationsOf(stages).map(({ id }) => id)).toEqual([
      'environment:dev',
      'environment:prod',
    ]);
  });
});

describe('currentStation', () => {
  it('is the furthest one that moves', () => {
    const stations = stationsOf(fixture('first-build').stages);
    expect(currentStation(stations)?.id).toBe('build');
    expect(currentStation(stationsOf(fixture('day-0').stages))).toBeUndefined();
  });
});
