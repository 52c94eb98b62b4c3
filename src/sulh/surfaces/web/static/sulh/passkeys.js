// Passkeys. A form marked data-passkey="create" or "get" asks the server (data-options) what is wanted, lets the browser
// make or use a passkey, and is then sent with the answer. Where passkeys do not work the form stays hidden.
"use strict";

(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const descriptor = (one) => ({ ...one, id: toBytes(one.id) });

  function wanted(publicKey) {
    const read = { ...publicKey, challenge: toBytes(publicKey.challenge) };
    if (read.user) read.user = { ...read.user, id: toBytes(read.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (read[list]) read[list] = read[list].map(descriptor);
    }
    return { publicKey: read };
  }

  function answer(credential) {
    const said = { clientDataJSON: toText(credential.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) said[part] = toText(credential.response[part]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: said,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  async function use(form) {
    const options = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!options.ok || options.redirected) throw new Error("no options");
    const { publicKey } = await options.json();
    const credential = await navigator.credentials[form.dataset.passkey](wanted(publicKey));
    form.elements.credential.value = answer(credential);
    form.submit();
  }

  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const none of document.querySelectorAll("[data-no-passkeys]")) none.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      use(form).catch(() => {
        failed.hidden = false;
      });
    });
  }
})();
