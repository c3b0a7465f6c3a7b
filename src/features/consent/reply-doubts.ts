/** What may mean that somebody wants no more of it, and what certainly means something else, as `reply-text` folds it. */

/** Everyday uses of a word that stops otherwise. They are taken out before anything is held for that word. */
const ORDINARY: readonly RegExp[] = [
  /\b(?:stop|stopping|stopped|stops) (?:by|over|off|in(?! (?:the )?future)|at (?!once)|for (?:a|the|some|my|your|it|coffee|gas|lunch|dinner|pickup|pick)|and (?:pick|get|see|grab|say|look|drop|check)|on (?:my|the) way)\b/gu,
  /\b(?:bus|truck|pit|one|non|rest|door|train|next|last|quick|first|final|shuttle|f|full|stage|coach|whistle|subway|metro|back) (?:stop|stops)\b/gu,
  /\bstop (?:sign|signs|light|lights|watch|gap|valves?|cocks?|motion|payment|button)\b/gu,
  /\b(?:it|rain|leak|noise|water|alarm|engine|beeping|ringing|dripping) (?:just )?(?:wont|will not|will|doesnt|does not|didnt|did not|cant|never|did|does|to) (?:ever )?stop(?:s|ped)?\b/gu,
  /\bstop (?:\w+ )?(?:leaking|working|dripping|running|beeping|squeaking|raining|snowing|smoking|ringing|barking|crying|laughing)\b/gu,
  /\bstop (?:the|that|my|a) (?:leak|leaks|water|noise|bleeding|drip|dripping|alarm|car|engine|clock|fan|motor|presses|flow|gas|pump)\b/gu,
  /\bend (?:of|up|table|tables|date|user|result|zone|cap|piece|time|to end)\b/gu, /\b(?:the|week|month|year|front|back|rear|other|dead|low|high|far|deep|day|book|which|that|this|either|each|in the) end\b/gu,
];

/** What a person reads: a word or two that may mean it, and what angry or tired people write. */
const DOUBTS: readonly RegExp[] = [
  /\bstop\w*\b(?<!\bstop(?:ped|ping|per|pers|over|watch|light|page|gap|cock))/u, /\b(?:un|de)sub?s?cri\w+|\bunsub\b/u, /\bopt(?:ed|ing|s)? ?out\b|\boptout\w*/u,
  /\brevok\w+|\b(?:withdraw|rescind|retract)\w*\b.*\b(?:consent|permission)|\bcease\b|\bdesist\b/u,
  /^(?:please |pls |i |i want to |i want |id like to |we |just |can you |can i )*(?:cancel|quit|end)(?: (?:it|this|that|me|all|everything|please|pls|now|my (?:subscription|membership|account|enrollment|sms|text|texts|messages)|the (?:subscription|membership|program|texts|messages)|thanks|thank you))*$/u,
  /\b(?:cancel|end|quit)\b.*\b(?:texts|texting|messages|messaging|sms|alerts|subscription|notifications|list|mensajes|suscripcion)\b/u,
  /\b(?:remove|delete|drop|erase|exclude) (?:me|us|my (?:name|number|phone|info|information|contact|data|email|account|details)|this number)\b|\btake (?:me|my number|my name|us) (?:off|out)\b|\bremove(?: please)?$|^delete$/u,
  /\b(?:do not|dont|dnt|never|no longer|not|shouldnt|should not|quit|rather not|prefer not)\b(?: \w+){0,4} (?:text|texts|texting|txt|contact|contacted|contacting|message|messages|messaging|msg|call|calls|calling|email|emails|write|hear from you|send|sending|spam|bother)\b/u,
  /\bno (?:more|texts|texting|messages|calls|emails|spam|contact|sms)\b|^no text$|\bwant out\b|\b(?:get|getting|be|am|been) (?:removed|off|taken)\b.*\blist|\bno means no\b|^i said no$|\bnot interested\b|\bno longer interested\b|\bno interest\b|\b(?:do not|dont|dnt) want (?:this|these|it|any)\b|\blose (?:my|this|the)\b.*\bnumber\b/u,
  /^wrong$|\bwrong (?:number|person|guy|phone|#)|\b(?:not|isnt|aint) (?:my|the right|his|her|the) (?:number|phone)|\b(?:new|different) (?:owner|number|phone)\b|\bnot (?:this|that|the right) person\b|\bnumber (?:changed|has changed|was reassigned)/u,
  /\bwho gave you\b|\bhow did you get (?:my|this)\b|\bnever (?:signed|gave|agreed|consented|asked|subscribed)|\bdid(?: not|nt) (?:sign|give|agree|consent|ask|subscribe|opt)/u,
  /\b(?:spam|spammer|spammers|spamming|scam|harass\w*|stalk\w*|pester\w*|bother\w*|annoying|annoyed|junk|solicit\w*|unwanted|unsolicited)\b|\b(?:report|reporting|reported|block|blocking|blocked|sue|suing)\b(?: \w+){0,3} ?(?:you|this|number|fcc|ftc|spam)?$/u,
  /\b(?:lawyer|attorney|fcc|ftc|tcpa|lawsuit|do not call|dnc|legal action|cease)\b/u,
  /\bleave (?:me|us) \b.*\balone|\bleave me alone|\bgo away\b|\bget lost\b|\bfuck (?:off|you|u)\b|\bf off\b|\bpiss off\b|\bshut up\b|\bscrew you\b|\bback off\b|\bbuzz off\b|\b(?:im|i am|we are|were) done with (?:you|this|these)|\bgive it a rest\b|\bknock it off\b|\bcut it out\b/u,
  /^enough\b|\benough (?:already|is enough|of|with)\b|\b(?:too many|so many) (?:texts|messages|emails|calls|msgs)|\b(?:sick|tired) of\b.*\b(?:texts|messages|texting|this|these|you|hearing)|^out$|^off$|^exit$|^leave$|^opt$|^done$|^no mas\b/u,
  /\b(?:discontinue|terminate|turn off|shut off|mute|disable)\b(?: \w+){0,3} (?:texts|messages|alerts|notifications|sms|these|this|reminders|text)\b/u,
  /^(?:para|para ya|fin|dejar|deja|dejen|quitar|borrar|termina)$|\bbasta\b|\bequivocad[oa]\b|\bno (?:me )?interesa\b|\b(?:no|ya no|nunca)\b(?: \w+){0,4} (?:mensajes|mensaje|escriba\w*|mande\w*|envie\w*|contacte\w*|moleste\w*|llame\w*|textos|sms)\b|\b(?:saquen|saque|saca|quiten|quite|quita)me\b|\bdejen?me en paz\b|\bde baja\b|\b(?:quitar|sacar|borrar|eliminar)(?:me|en|me de)\b|\b(?:cancelar|parar|detener|terminar)\b.*\b(?:mensajes|suscripcion|textos)\b|\balto(?: por favor)?$(?<!muy alto)/u,
];

/** Whether a person should read a sentence before anything more is sent to whoever wrote it. */
export function isDoubtful(sentence: string): boolean {
  const rest = ORDINARY.reduce((text, ordinary) => text.replaceAll(ordinary, " "), sentence).replaceAll(/ +/g, " ").trim();
  return DOUBTS.some((doubt) => doubt.test(rest));
}

/**
 * What telephones send when somebody taps a picture on a message: it quotes what was sent to them, and our own words say
 * how to stop.
 */
export function isReaction(reply: string): boolean {
  return REACTION.test(reply.trim());
}

const REACTION = /^(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted .{1,20} to|removed an? .{1,20} from|le gust[oó]|le encant[oó]|[^\p{L}\p{N}]{1,12}to )\s*[“"«][^]*[”"»]$/iu;
