/** The words by which people stop texts, begin them again, and ask for help; as `reply-text` folds them. */

/**
 * Twilio's own words: it knows them where they are the whole message, blocks the number and answers by itself
 * (https://help.twilio.com/articles/223134027; REVOKE and OPTOUT since April 2025).
 */
export const TWILIOS_OWN = {
  stop: new Set(["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"]),
  start: new Set(["start", "yes", "unstop"]),
  help: new Set(["help", "info"]),
} as const;

/** In Spanish HELP is asked for so too; to begin again only Twilio's own words do. */
export const HELP_IN_SPANISH: ReadonlySet<string> = new Set(["ayuda"]);

/**
 * Words that stop as a whole message, however they are spaced. 47 CFR 64.1200(a)(10) names stop, quit, end, revoke, opt
 * out, cancel and unsubscribe as such by themselves, and any other reasonable means besides.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ...TWILIOS_OWN.stop, "unsub", "unsubscribed", "optingout", "remove", "halt", "cease", "ceaseanddesist", "desist", "discontinue", "terminate", "donotcontact", "dnc",
  // As thumbs write them.
  "stopp", "stpo", "sotp", "tsop", "stp", "sto", "sstop", "sttop", "stiop", "stoip", "stopo", "dtop", "stol", "stap", "stahp", "stohp", "satop",
  "unsuscribe", "unsubcribe", "unsubscibe", "unsubsribe", "unsubscrib", "unsubscrive", "unsubscirbe", "unsunscribe", "insubscribe", "unsubscript", "usubscribe", "unscribe",
  "unsubscrbe", "unsubsicribe", "unsubscribr", "unsbscribe", "unsubsrcibe", "unsubsrcibe", "unsubscrube",
  "cancle", "cancell", "cansel", "cancal", "canel", "cacnel", "cancl", "cancek", "quti", "qiut", "quitt", "quir", "endd", "revok", "revoque", "optou", "otpout", "opout",
]);

/** The same in Spanish. */
export const STOP_WORDS_IN_SPANISH: ReadonlySet<string> = new Set([
  "alto", "parar", "pare", "paren", "baja", "cancelar", "cancela", "cancelen", "cancele", "nomas", "yanomas", "detener", "detente", "detenga", "detengan", "salir",
  "basta", "bastaya", "yabasta", "terminar", "finalizar", "anular", "desuscribir", "desuscribirme", "desuscribirse", "desuscribanme", "desuscribeme", "desinscribir",
  "eliminar", "eliminarme", "eliminame", "borrame", "borrenme", "quitame", "quitenme", "quiteme", "sacame", "saquenme", "saqueme", "revocar", "cansela", "canselar", "detner",
]);

/** In French, Russian and Chinese: what is understood without a reader of those languages. */
export const STOP_WORDS_ELSEWHERE: ReadonlySet<string> = new Set(["arret", "arrete", "arreter", "desabonner", "стоп", "停止", "停", "退订", "退訂"]);

/** Those that mean it whatever small words stand about them. */
export const STRONG_STOP_WORDS: ReadonlySet<string> = new Set([
  "stop", "stopp", "stpo", "sotp", "stopall", "unsubscribe", "unsub", "unsuscribe", "unsubcribe", "optout", "desist", "pare", "paren", "basta", "desuscribir", "desuscribirme", "desuscribanme",
]);

/** Those that could be about an appointment or a job: with more than courtesy about them a person reads it. */
export const WEAK_STOP_WORDS: ReadonlySet<string> = new Set(["end", "quit", "revoke", "halt", "cease", "remove", "discontinue", "terminate", "alto", "baja", "parar", "detener", "salir"]);

/** Said with a word, these change nothing of it. */
export const COURTESIES: ReadonlySet<string> = new Set([
  "please", "pls", "plz", "plse", "pleas", "plesae", "thanks", "thank", "thx", "ty", "you", "u", "now", "immediately", "asap", "right", "away", "just", "kindly",
  "hi", "hello", "hey", "ok", "okay", "sir", "maam", "madam", "again", "already", "sorry", "bye", "goodbye", "por", "favor", "porfavor", "porfa", "gracias", "ya", "ahora", "hola",
]);

/** Nor do these, said with a word that means nothing else. */
export const SMALL_WORDS: ReadonlySet<string> = new Set([
  "i", "said", "say", "the", "word", "all", "everything", "me", "text", "texts", "texting", "txt", "txts", "sms", "message", "messages", "msg", "msgs", "reply", "replying", "type",
  "this", "these", "so", "los", "las", "mensajes", "mensaje", "textos", "texto", "todo", "todos", "esto",
]);

/** One slip away from a word that stops, and a word of its own. */
export const WORDS_OF_THEIR_OWN: ReadonlySet<string> = new Set([
  "top", "shop", "step", "slop", "swop", "sop", "strop", "stow", "stomp", "cancer", "chancel", "evoke", "invoke", "quite", "quiet", "quilt", "quid", "quiz", "suit", "quip",
]);

/** Pictures that say it without a word. */
export const STOP_SIGNS = /[🛑✋🚫⛔🔕🖕]/u;
