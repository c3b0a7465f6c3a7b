/**
 * Sentences by which people take consent back, in English and Spanish, as `reply-text` folds them: 47 CFR 64.1200(a)(10)
 * counts any words that a reasonable person would understand so. What only might mean it is read by a person.
 */

const some = (words: string) => `(?:${words.trim().replaceAll(/\s+/g, "|")})`;

const OATHS = "fucking fuckin freaking effing damn goddamn bloody stupid annoying";
const THE = some(`all any the these this those your ur more of with further future such unwanted ${OATHS}`);
const NOUN = some(`texts text txts txt messages message msgs msg sms calls emails email mails mailings communications communication contact contacts notifications notification
  alerts alert spam promos promotions ads advertisements marketing newsletters newsletter offers blasts reminders updates`);
/** After the thing that is to stop, nothing may follow that makes it another thing. */
const OVER = `(?: ${some("please pls plz now thanks thank immediately asap today already again anymore ever forever to from at on or i we you my this ok bye and")}|$)`;
const DOING = some("texting txting messaging msging calling emailing mailing contacting spamming bothering harassing pestering bugging soliciting");
const DO = some("text txt message msg contact call email mail spam bother harass sms");
const TO_ME = `(?:(?: to)? ${some("me us my this here anymore again ever please now immediately already anyone anybody")}|$)`;
const AGAIN = `(?: ${some("anymore again ever please pls now immediately thanks thank at on or period further any no")}|$)`;
const NOT = "(?:do not|dont|dnt|never|no longer|must not|may not|should not|shouldnt|cannot)";
const STOP = some("stop stp stpo stopp quit cease halt discontinue");
const LIST = some("list lists texts text messages msgs database system contacts file files records mailing sms group distribution thread chat marketing subscription notifications alerts everything");

const compiled = (sources: readonly string[]) => sources.map((source) => new RegExp(source, "u"));

/** Means stop, whatever else is said, unless it is negated. */
export const REVOCATIONS: readonly RegExp[] = compiled([
  `\\b${STOP}(?: ${THE})* (?:${NOUN} ?)+${OVER}`,
  `\\b${STOP}(?: ${some(OATHS)})* ${DOING}${TO_ME}`,
  `\\b${STOP}(?: ${some(OATHS)})* (?:sending|sendin)(?: (?:me|us|out))?(?: ${THE})*(?: (?:${NOUN} ?)+${OVER}|$| (?:stuff|anything|things|crap|junk|shit|this|these)${OVER})`,
  `\\b${STOP} (?:writing|reaching out)(?: to)?(?: (?:me|us)|$)`,
  `\\b(?:cancel|end)(?: ${THE})* (?:${NOUN} ?)+(?:please|pls|plz|now|thanks|thank|immediately|$)`,
  `\\bstop (?:please|pls|plz|now|this|all|everything)$`,
  `(?:^|please |pls |ever |again |to |you )${NOT}(?: (?:ever|please|want you to|you))* ${DO}(?: (?:to|or|and) ${DO})*(?: to)? (?:me|us|this (?:phone |cell )?number|my (?:phone|cell|number))${AGAIN}`,
  `(?:^|please |pls )${NOT} (?:send|write)(?: to)? (?:me|us)(?: (?:more|any|anymore|again|${NOUN}|these|this|anything|stuff))+${AGAIN}`,
  `(?:^|please |pls )${NOT} (?:contact|text|message|reach out)(?: again| anymore|$)`,
  `\\bno (?:more|further|additional)(?: ${THE})*(?: (?:${NOUN})| texting| calling| messaging| emailing)+(?:${OVER}|s)`,
  `^no(?: (?:texts|text|texting|txts|sms|messages|calls|emails|spam))+(?<!text)(?: please| pls| thanks| thank you|$)`,
  `\\b(?:do not|dont|dnt|no longer|didnt|never) (?:want|wish|care|agree|consent|wanted|asked?)(?: to)?(?: (?:receive|get|recieve|be sent|be getting|have))?(?: ${THE})* (?:${NOUN} ?)+(?:anymore|${OVER})`,
  `\\b(?:do not|dont|dnt|no longer) (?:want|wish|care)(?: you)? to (?:be )?(?:hear from|contact|contacted|text|texted|messaged|called|emailed|on (?:this|your|the|any)(?: \\w+)? list)`,
  `\\bno longer (?:want|wish) to (?:receive|get|hear|be contacted|be texted)`,
  `\\b(?:remove|take|delete|drop|get|erase|strike|scratch|pull) (?:me|us|my (?:(?:phone|cell|mobile) )?(?:number|name|info|information|contact|contacts|details|email|data)|this (?:(?:phone|cell) )?number)(?: (?:off|from|out|of))+(?: (?:of|your|the|this|that|all|any|ur|these))*(?: \\w+)? ?${LIST}`,
  `(?:^|please |pls |just |can you |could you )(?:remove|delete|erase|unsubscribe|unsub) (?:me|us|my (?:(?:phone|cell|mobile) )?(?:number|contact|contacts|info|information|data)|this (?:(?:phone|cell) )?number)(?: please| pls| now| thanks| thank you| from (?:this|here|it|your|all)|$)`,
  `\\b(?:be |get |want )(?:removed|taken|deleted|dropped) (?:from|off)(?: (?:of|your|the|this|that|all|any|ur|these))* ${LIST}`,
  `^(?:please |pls |just |kindly )*(?:remove|delete|unsubscribe|take) (?:from|off)(?: (?:of|your|the|this|that|all|any|ur))* ${LIST}(?: please| pls| now|$)`,
  `^(?:please |pls |i (?:want|wish|need|would like) to |id like to )*stop (?:receiving|getting|hearing)(?: ${THE})*(?: (?:${NOUN} ?)+${OVER}| from you|$)`,
  `\\btake (?:me|my number|this number) off(?: please| now| this| it|$)`,
  `\\blose (?:my|this) (?:phone )?number\\b`,
  `^(?:please |pls |hi |hello |just |kindly |ok |i (?:want|wish|need|would like|d like|like|am trying|ask|request) to |id like to |im trying to |can you |could you |can i |may i |can i please )*(?:unsubscribe|unsub|unsuscribe|unsubcribe)(?: (?:me|us|my number|this number|please|pls|now|from|to all|all|thanks|$)|$)`,
  `\\bopt (?:me|us|my number|this number) out\\b`,
  `^(?:please |pls |hi |hello |just |kindly |i (?:want|wish|would like|need|choose|am choosing|hereby) to |id like to |i |i hereby |im |we )*(?:opt|opting) out(?: (?:please|pls|now|thanks|thank|of (?:all|the|these|this|your|any)?(?: ?(?:${NOUN}|this|list|program))+|from (?:all|the|these|this|your|any)?(?: ?(?:${NOUN}|this|list|program))+)|$)`,
  `\\b(?:revoke|revoking|withdraw|withdrawing|retract|rescind|take back|remove)(?: (?:my|all|any|prior|express|written|and|previous))* (?:consent|permission|authorization|authorisation|opt in)\\b`,
  `\\bi (?:do not|dont|no longer) (?:consent|give (?:you )?(?:my )?(?:consent|permission))`,
  `\\byou (?:do not|dont|no longer) have (?:my |any )?(?:consent|permission)`,
  `\\b(?:leave me|leave us) (?:the (?:fuck|hell) )?alone(?: please| now)?$`,
  `\\bi (?:said|told you to|asked you to|have asked you to|already said|already told you to|am asking you to|am telling you to) (?:please )?(?:stop|unsubscribe|opt out|quit texting)(?:$| (?:please|already|now|texting|it)$)`,
]);

const NOS = "(?:no|ya no|nunca|jamas)";
const MENSAJES = some("mensajes mensaje textos texto sms correos correo llamadas publicidad promociones anuncios avisos notificaciones spam propaganda");

/** The same in Spanish. */
export const REVOCATIONS_IN_SPANISH: readonly RegExp[] = compiled([
  `\\b${NOS} (?:mas|quiero|deseo|quisiera|necesito)(?: (?:mas|recibir|recibiendo|sus|estos|los|tus|ningun|que me (?:manden|envien|escriban|manden mas|envien mas)))* ${MENSAJES}`,
  `\\b${NOS} (?:quiero|deseo) (?:que me (?:escriban|contacten|llamen|manden|envien|texteen|molesten)|recibir (?:mas|nada)|saber (?:mas )?de ustedes|ser contactad[oa])`,
  `\\b${NOS} me (?:escriba|escriban|escribas|mande|manden|mandes|envie|envien|envies|contacte|contacten|contactes|texteen|textees|llame|llamen|llames|moleste|molesten|molestes)(?: (?:mas|nada|nunca|por favor|otra vez|ya|sms|${MENSAJES})|$)`,
  `\\b(?:deja|deje|dejen|dejar|dejame|para|pare|paren) de (?:mandar|enviar|escribir|contactar|textear|molestar|llamar|mandarme|enviarme|escribirme|contactarme|textearme|molestarme|llamarme)`,
  `\\b(?:paren|pare|para|detengan|detenga|cancelen|cancele|cancela|cancelar|detener)(?: (?:de|los|estos|sus|tus|todos|mas|el|envio))* ${MENSAJES}`,
  `\\b(?:dar|darme|darse|dame|deme|denme|dan|quiero) (?:de |la )?baja$`,
  `\\b(?:dar|darme|darse|dame|deme|denme) de baja\\b`,
  `\\b(?:quita|quite|quiten|quitenme|quiteme|quitame|saca|saque|saquen|saquenme|saqueme|sacame|borra|borre|borren|borrame|borrenme|borreme|elimina|elimine|eliminen|eliminenme|eliminame|elimineme)(?: (?:me|mi|de|numero|la|su|esta|tu|mi numero))* (?:lista|numero|contactos|base)`,
  `\\b(?:cancelar|cancelen|cancele|cancela|anular) (?:mi |la )?(?:suscripcion|subscripcion)`,
  `\\b(?:desuscribirme|desuscribanme|desuscribeme|desuscribir)\\b`,
  `\\b(?:revoco|retiro|cancelo) (?:mi|el) (?:consentimiento|permiso)`,
]);

/** A stop that is not meant, at the beginning of what is said: "please don't stop". */
export const NEGATED = new RegExp(`^(?:please |pls |oh |no |haha |lol |and |but )*(?:do not|dont|dnt|never) (?:ever |you |you ever )?(?:${STOP}|unsubscribe|cancel|opt|remove|end)\\b`, "u");

/** Anywhere, the same makes a person read it. */
export const PERHAPS_NEGATED = new RegExp(`\\b(?:not|dont|dnt|never|didnt|wont|without|no need to|unless|if i) (?:\\w+ ){0,4}(?:${STOP}|unsubscribe|opt|remove|revoke|cancel|end)`, "u");

/** Somebody who asks to be reached some other way, or on a condition, means something that no rule can honour. */
export const ON_A_CONDITION = /\b(?:before|after|until|till|unless|during|while|except|instead|but (?:keep|still|do|not)|only|just (?:email|call|text)|so (?:early|late|often|much|many)|every day|too (?:early|late|often|much|many)|and (?:call|text|email|message) (?:me|us)|my (?:other|new|wife|husband|son|daughter|mom|mother|dad|boss|old)|someone|keep (?:texting|sending)|antes de|despues de|hasta|solo)\b/u;

/** How, when or whether to stop: asked, not said. "Can you stop texting me?" is said. */
export const ASKED = /^(?:how|when|why|where|what|who|did|do (?!not)|does|is|are|was|will|should|have|has|como|cuando|por que|que)\b/u;
