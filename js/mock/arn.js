// @ts-check
// ARNs of IVS: arn:aws:ivs:<region>:<account>:<kind>/<id>.

/** @param {string} region @param {string} account @param {string} kind @param {string} id */
export const makeArn = (region, account, kind, id) => `arn:aws:ivs:${region}:${account}:${kind}/${id}`;

/** @param {string} arn @returns {{ region: string, account: string, kind: string, id: string } | null} */
export function parseArn(arn) {
  const part = /^arn:aws:ivs:([a-z0-9-]+):([0-9]+):([a-z-]+)\/([a-zA-Z0-9-]+)$/.exec(arn);
  return part && { region: part[1], account: part[2], kind: part[3], id: part[4] };
}
