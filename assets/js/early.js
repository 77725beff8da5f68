// Classic script, first in <body>: states that need JavaScript are styled without a flash.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
