// @ts-check
// What has to hold before a version may be published, beside its tests.
import { readFileSync } from 'node:fs';
import { at, crateVersion, manifest } from '../build/project.mjs';

/**
 * The changelog's section of a version, without its heading.
 * @param {string} version @param {string} [text]
 * @returns {{ title: string, body: string } | undefined}
 */
export function changes(version, text = readFileSync(at('CHANGELOG.md'), 'utf8')) {
  for (const section of text.split(/^## /m).slice(1)) {
    const [title, ...lines] = section.split('\n');
    if (title.split(' ')[0] === version) return { title, body: lines.join('\n').trim() };
  }
  return undefined;
}

/** Why this tag must not be published; empty if it may. @param {string} tag @returns {string[]} */
export function objections(tag) {
  const version = crateVersion();
  const section = changes(version);
  const { repository, version: npmVersion } = manifest();
  return [
    tag !== `v${version}` && `the tag is ${tag}, but Cargo.toml has version ${version}`,
    npmVersion !== version && `pkg/package.json has version ${npmVersion}, Cargo.toml ${version}`,
    !section?.body && `CHANGELOG.md has nothing about ${version}`,
    section?.title.includes('unreleased') && `CHANGELOG.md calls ${version} unreleased`,
    // npm compares it with the repository that signs the provenance.
    !repository?.url && 'pkg/package.json names no repository, without which npm takes no provenance',
    !/^repository\s*=/m.test(readFileSync(at('Cargo.toml'), 'utf8')) && 'Cargo.toml names no repository',
  ].filter((objection) => typeof objection === 'string');
}
