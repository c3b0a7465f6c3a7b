/**
 * What people write back to a shop's texts, and what it must be taken for. Collected by hand from how customers of shops
 * write, the words of 47 CFR 64.1200(a)(10), Twilio's lists, and the misreadings that 1.17 of our reference warns of.
 */

/** `stop`: out at once. `revoked`: out, or read by a person. `mixed`: never out by itself; `ordinary`: nothing at all. */
export type Label = "stop" | "revoked" | "mixed" | "ordinary" | "start" | "help";

export const REPLIES: Readonly<Record<Label, readonly string[]>> = {
  stop: [
    "STOP", "stop", "Stop", "sToP", " stop ", "STOP.", "Stop!", "STOP!!!!", "stop?", "\"STOP\"", "“Stop”", "'stop'", "‘Stop’", "(stop)", "*STOP*", "#stop", "stop.", "…stop…",
    "STOPALL", "stop all", "Stop-All", "UNSUBSCRIBE", "un-subscribe", "un subscribe", "Unsubscribe.", "unsub", "CANCEL", "cancel", "Cancel.", "END", "end", "End!", "QUIT", "quit", "REVOKE", "Revoke",
    "OPTOUT", "opt out", "OPT-OUT", "Opt Out", "opt_out", "Opt out.",
    "S T O P", "s.t.o.p", "S-T-O-P", "s t o p please", "STOOOOP", "stoppp", "STOP STOP STOP", "stopstop", "stop 🛑", "🛑 STOP 🛑", "STOP 🇺🇸", "😡stop😡", "stop\n", "\u200bSTOP\u200b", "S\u200bT\u200bO\u200bP", "\ufeffstop",
    "ＳＴＯＰ", "ｓｔｏｐ", "𝐒𝐓𝐎𝐏", "Ⓢⓣⓞⓟ", "ŠTÖP", "stóp", "ЅТОР", "st0p", "5top", "$top", "🇸🇹🇴🇵", "🆂🆃🅾🅿", "STO\u00adP", "\u202estop",
    "stpo", "sotp", "stopp", "Stpo", "sstop", "stahp", "unsuscribe", "unsubcribe", "Unsubscibe", "cancle", "cancell", "quti", "dtop",
    "stop please", "Please stop", "pls stop", "STOP PLZ", "stop now", "STOP THIS", "just stop", "Stop. Thanks", "stop thank you", "ok stop", "hi, stop", "stop texting", "Stop texting me", "stop messaging me", "stop calling me",
    "Stop sending me texts", "stop sending me these messages", "STOP SENDING ME MESSAGES", "stop all texts", "stop texts", "stop these texts", "Stop the messages", "stop sms", "stop emails", "Stop emailing me!!", "pleasestop", "stoptexting", "stop texting me please", "stop fucking texting me",
    "quit texting me", "quit please", "please unsubscribe", "Unsubscribe me", "unsubscribe please", "Please unsubscribe me from this list", "I want to unsubscribe", "I would like to unsubscribe", "unsubscribe from all",
    "please opt me out", "Opt me out.", "I want to opt out", "i opt out", "I'd like to opt out of these texts", "opt out please",
    "please don't text me again", "Don't text me", "do not text me", "don't text me anymore", "do not contact me", "Please do not contact me again.", "DO NOT TEXT THIS NUMBER", "don't message me again", "Never text me again", "don’t text me anymore!!",
    "no more texts", "No more messages please", "no more texts, please", "no texts please", "I don't want these texts", "I don't want to receive texts anymore", "I do not want to receive any more messages.", "i dont want to hear from you", "I no longer wish to receive messages", "I don't want to be contacted",
    "remove me from your list", "take me off your list", "Please remove me", "remove my number", "Remove me from this list!!", "take me off this list", "delete my number", "lose my number", "remove my number from your list", "REMOVE", "get me off your list", "take my number off your list",
    "I revoke my consent", "I withdraw my consent to be texted", "You do not have my permission to text me", "leave me alone", "Can you stop texting me?", "Could you please stop sending me messages", "I said stop", "I told you to stop", "I asked you to stop texting me",
    "Thanks but please stop texting me", "Hi. This is Joe. Please take me off your list. Thank you.", "cancel texts", "end texts", "cease and desist", "STOP\nSent from my iPhone",
    "alto", "ALTO", "Alto.", "parar", "PARE", "paren", "baja", "BAJA", "cancelar", "no más", "NO MAS", "No más.", "ya no más", "detener", "salir", "SALIR", "basta", "¡Basta!", "alto por favor", "detenga",
    "no más mensajes", "No me escriban más", "no me manden mensajes", "No quiero recibir más mensajes", "no quiero mensajes", "deja de enviarme mensajes", "dejen de escribirme", "quítenme de la lista", "darme de baja", "denme de baja por favor", "ya no me envíen mensajes", "desuscribirme", "por favor no me contacten", "paren de mandarme mensajes",
    "arrêt", "СТОП", "停止", "退订",
  ],
  revoked: [
    "Thanks. STOP. Bye", "No. Stop.", "I already answered. Stop!", "STOP HELP", "stop start", "Reply STOP", "reply stop to end", "STOP2END", "I need this to stop", "I want you to stop", "Make it stop", "make this stop please", "stop it", "please cancel", "cancel please", "Cancel all", "I want to cancel", "cancel my subscription",
    "how do I unsubscribe?", "How do I stop these messages", "how can i opt out", "What do I have to do to stop getting texts?", "When will you stop texting me?", "why are you still texting me after I said stop",
    "wrong number", "You have the wrong number", "Wrong person", "not interested", "No longer interested.", "this is spam", "SPAM", "reported", "I'm reporting you to the FCC", "my lawyer will contact you", "go away", "get lost", "fuck off", "enough", "Enough already", "too many texts", "sick of these messages", "who gave you my number?", "How did you get this number", "I never signed up for this", "I didn't sign up for this",
    "I never gave you permission to text me", "stop texting me and call me instead", "Don't text me before 9am", "please stop texting me so early", "Don't call me, text me", "stop texting my wife", "Take me off", "delete me", "no more", "don't want this", "I'd rather not get texts", "please discontinue", "turn off notifications", "blocked", "you are blocked", "stop harassing us", "This number changed, new owner here",
    "🛑", "✋", "🚫", "🖕", "atop", "stoop", "Stop sending me wrong parts", "STOP 12345", "stop stop please man", "kindly cease", "Don't! Stop!", "no stop texting me", "If you text me again I will sue", "unsubscribing", "opted out", "why can't I unsubscribe",
    "para", "fin", "número equivocado", "no me interesa", "dejen", "quiero cancelar los mensajes", "no quiero que me escriban", "déjenme en paz", "me quiero dar de baja", "cancelar suscripción", "borrar", "sáquenme de esto",
  ],
  mixed: [
    "please stop by the shop tomorrow", "can you stop the leak", "don't stop", "what time do you end", "cancel my appointment", "Please cancel my order", "can i cancel for tomorrow?", "I'll stop by at 5", "Don't stop texting me, I love these", "The meeting will end at 3", "I quit my job", "the end", "Stop it, that's amazing 😂",
    "Can I opt out of the warranty?", "is there a way to cancel the appointment on Friday", "when does the sale end", "I had to stop for gas, running late", "My engine won't stop", "it keeps beeping and won't stop", "where's the bus stop", "Did it stop raining there?", "Do you have stop valves?", "stop the alarm and text me", "please end the rental on Friday",
    "quit smoking sign please", "I will remove the old part", "Can you remove the stain?", "stop sign on the corner", "Cancel Tuesday, do Wednesday", "end of the month works", "the store next to the truck stop", "quiero cancelar mi cita", "voy a salir a las 5", "está muy alto el precio", "planta baja", "¿a qué hora van a parar?", "no más tarde de las 5",
    "Liked “Your order is ready. Reply STOP to opt out”", "Loved \"Reply STOP to unsubscribe\"", "👍 to “Reply STOP to end”", "Please don't call before noon, I work nights", "call me instead of texting", "non-stop fun!", "I unsubscribed from the paper, not from you", "no need to stop", "Stop in any time", "Will you stop at my house first?", "the fan stopped working", "he said don't stop",
  ],
  ordinary: [
    "Thanks!", "ok", "OK thank you", "See you at 3", "I'll stop by at 5", "please stop by the shop tomorrow", "Can you stop the leak?", "What time do you close?", "what time do you end", "when does the sale end", "Yes please", "yes, that works", "yes to both", "no", "No thanks", "Nope", "Is my order ready?", "How much is it?", "cancel my appointment for Friday", "Please cancel my order",
    "👍", "😂😂", "🙏", "🇺🇸", "?", "", "   ", "12345", "1", "2", "Top", "shop", "step", "cancer", "quite", "I need help with my order", "help me find a part", "Can I get more info on the blue one?", "info on the mower please", "The light at the end of the hall is broken", "end of the month works",
    "where's the bus stop", "it won't stop", "the fan stopped working", "Don't stop, it looks great", "I had to stop for gas, running late", "Start the repair please", "let's start Monday", "start over", "I'll be there in ten, parking now", "Can you text me when it is ready?", "call me when it's done", "email me the invoice please", "my number is 555 0100", "the part number is END-204",
    "I will remove the old part", "Is it still under warranty?", "Great service, five stars", "Who is this?", "Do you have stop valves?", "Stop in any time", "My wife will pick it up", "hola", "gracias", "sí", "muchas gracias", "¿Está listo mi pedido?", "voy a salir a las 5", "el precio está muy alto hoy", "quiero cancelar mi cita del martes", "para mañana por favor", "Ok, para las 3",
    "Liked “Your order is ready. Reply STOP to opt out”", "Loved \"Reply STOP to unsubscribe\"", "👍 to “Reply STOP to end”", "Remove the old tires and mount the new ones", "I quit my job so I have time now", "Cancel Tuesday, do Wednesday", "endless summer", "cancelled flight, coming Monday", "Unstoppable!", "Nonstop", "pit stop first, then you",
  ],
  start: ["START", "start", "Start", " start ", "Start.", "“START”", "YES", "yes", "Yes!", "UNSTOP", "unstop", "ＳＴＡＲＴ", "start 🙂"],
  help: ["HELP", "help", "Help!", "help?", "INFO", "info", "Info.", "AYUDA", "ayuda", "ｈｅｌｐ"],
};
