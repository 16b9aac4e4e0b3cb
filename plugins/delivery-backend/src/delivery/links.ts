import type { Link } from '@golden-path/plugin-delivery-common';
import { shortTag } from './image';

/** Where pages of other systems start. */
export interface LinkBases {
  argoCd?: string;
  argoWorkflows?: string;
  /** Page of the source repository. */
  repository?: string;
}

/** Links to pages of other systems, as far as it is known where those are. */
export function linksOf(bases: LinkBases) {
  const link = (title: string, base?: string, ...path: string[]): Link[] =>
    base === undefined
      ? []
      : [
          {
            title,
            url: [
              base.replace(/\/+$/, ''),
              ...path.map(encodeURIComponent),
            ].join('/'),
          },
        ];
  return {
    repository: () => link('Repository', bases.repository),
    /** GitHub, Gitea and GitLab agree on this path. */
    commit: (commit?: string) =>
      commit
        ? link(`Commit ${shortTag(commit)}`, bases.repository, 'commit', commit)
        : [],
    run: (run: { namespace: string; name: string }) =>
      link(
        'Argo Workflows',
        bases.argoWorkflows,
        'workflows',
        run.namespace,
        run.name,
      ),
    application: (application: { namespace: string; name: string }) =>
      link(
        'Argo CD',
        bases.argoCd,
        'applications',
        application.namespace,
        application.name,
      ),
  };
}
