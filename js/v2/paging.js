// @ts-check
// Pages of a list, by callback.

/** @param {any} request @param {Function} callback with three parameters it says itself when to go on */
export function eachPage(request, callback) {
  const ask = (/** @type {any} */ response, /** @type {any} */ error, /** @type {any} */ data, /** @type {(answer?: any) => void} */ done) => {
    if (callback.length >= 3) callback.call(response, error, data, done);
    else done(callback(error, data));
  };
  const page = (/** @type {any} */ response) => {
    ask(response, response.error, response.data ?? null, (answer) => {
      if (answer === false) return;
      // After an error, too: where a listener threw behind the data, v2 tells of it and asks for the next page.
      if (response.hasNextPage()) response.nextPage().on('complete', page).send();
      else ask(response, null, null, () => {});
    });
  };
  request.on('complete', page).send();
}

/** @param {any} request @param {Function} callback */
export function eachItem(request, callback) {
  eachPage(request, (/** @type {any} */ error, /** @type {any} */ data) => {
    if (error || data === null) return callback(error, null);
    const { resultKey } = request.service.paginationConfig(request.operation) ?? {};
    for (const item of data[resultKey] ?? []) if (callback(null, item) === false) return false;
  });
}
