import {
  difference,
  parseOpenWatches,
  parseRequestCounts,
  total,
} from './requestCounts.ts';

const metrics = `# HELP apiserver_request_total [STABLE] Counter of apiserver requests.
# TYPE apiserver_request_total counter
apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="",scope="",subresource="/metrics",verb="GET",version=""} 4
apiserver_request_total{code="200",component="apiserver",dry_run="",group="argoproj.io",resource="workflows",scope="cluster",subresource="",verb="LIST",version="v1alpha1"} 7
apiserver_request_total{code="403",component="apiserver",dry_run="",group="argoproj.io",resource="workflows",scope="namespace",subresource="",verb="LIST",version="v1alpha1"} 2
apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="pods",scope="cluster",subresource="",verb="WATCH",version="v1"} 3
apiserver_request_total{code="200",component="apiserver",dry_run="",group="argoproj.io",resource="workflows",scope="resource",subresource="",verb="PATCH",version="v1alpha1"} 50
apiserver_longrunning_requests{component="apiserver",group="",resource="pods",scope="cluster",subresource="",verb="WATCH",version="v1"} 12
apiserver_longrunning_requests{component="apiserver",group="apps",resource="deployments",scope="cluster",subresource="",verb="WATCH",version="v1"} 1
apiserver_longrunning_requests{component="apiserver",group="",resource="pods",scope="resource",subresource="log",verb="CONNECT",version="v1"} 5
`;

describe('requests at the API server', () => {
  it('are reads of objects, with whatever code they were answered', () => {
    const counts = parseRequestCounts(metrics);
    expect([...counts]).toEqual([
      ['LIST workflows.argoproj.io', 9],
      ['WATCH pods', 3],
    ]);
    expect(total(counts)).toBe(12);
    expect(total(counts, 'LIST')).toBe(9);
  });

  it('tell watches that are open', () => {
    expect(parseOpenWatches(metrics)).toBe(13);
  });

  it('are told between two counts, with what was not there before', () => {
    const before = new Map([['LIST pods', 3]]);
    const after = new Map([
      ['LIST pods', 3],
      ['GET pods', 2],
    ]);
    expect([...difference(before, after)]).toEqual([['GET pods', 2]]);
  });
});
