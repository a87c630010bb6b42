// Compiled, not run: what js/types/mock.d.ts declares is what the code has, in both directions.
import type { createIvs as Declared } from '../../js/types/mock.js';
import type { makeControl } from '../../js/mock/control.js';
import type { makeFetch } from '../../js/mock/fetch.js';
import type { Options } from '../../js/mock/endpoint.js';

type DeclaredIvs = ReturnType<typeof Declared>;
type Real = { control: ReturnType<typeof makeControl>; fetch: ReturnType<typeof makeFetch> };

export const asDeclared = (real: Real): Pick<DeclaredIvs, 'control'> => real;
export const asReal = (declared: DeclaredIvs): Real => declared as DeclaredIvs & { control: Real['control'] };
export const sameControls: Exclude<keyof Real['control'], keyof DeclaredIvs['control']> extends never ? true : false = true;
export const optionsIn = (declared: NonNullable<Parameters<typeof Declared>[0]>): Options => declared;
export const optionsOut = (real: Options): NonNullable<Parameters<typeof Declared>[0]> => real;
