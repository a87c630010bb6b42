import * as AWS from './v2-namespace.cjs';

export = AWS;
