/* Operations of GitHub, by the names that its description gives them. */

export const COMMIT = 'get /repos/{owner}/{repo}/commits/{ref}';
export const COMPARE = 'get /repos/{owner}/{repo}/compare/{basehead}';
export const BRANCH = 'get /repos/{owner}/{repo}/branches/{branch}';
export const CONTENT = 'get /repos/{owner}/{repo}/contents/{path}';
export const REPOSITORY = 'get /repos/{owner}/{repo}';
export const PULLS = 'get /repos/{owner}/{repo}/pulls';
export const NEW_PULL = 'post /repos/{owner}/{repo}/pulls';
export const WRITE = 'put /repos/{owner}/{repo}/contents/{path}';
export const NEW_REF = 'post /repos/{owner}/{repo}/git/refs';
export const MOVE_REF = 'patch /repos/{owner}/{repo}/git/refs/{ref}';
