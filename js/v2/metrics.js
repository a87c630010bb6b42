// @ts-check
// Events of a service: apiCallAttempt for each attempt, apiCall for each call. They pass up to the class and to AWS.Service.
import { later } from './later.js';

const METRICS = ['apiCallAttempt', 'apiCall'];

/** @param {any} target a service, or the prototype of a class of services */
export function serviceEvents(target) {
  for (const event of METRICS) {
    target.on(event, (/** @type {any} */ metric) => {
      const parent = Object.getPrototypeOf(target);
      if (parent._events) parent.emit(event, [metric]);
    });
  }
}

/** Metrics are taken where somebody listens, besides what passes them up. @param {any} service @param {any} request */
export function monitor(service, request) {
  for (let heard = service; heard; heard = Object.getPrototypeOf(heard)) {
    if (Object.hasOwn(heard, '_events') && METRICS.some((event) => heard._events[event]?.length > 1)) {
      return later(request, () => import('./monitoring.js').then((file) => file.monitor(service, request)));
    }
  }
}
