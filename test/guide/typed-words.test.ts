import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuideContext } from "../../src/guide/context.ts";
import { findTopic } from "../../src/guide/find-topic.ts";
import { languages } from "../../src/guide/languages/languages.ts";
import type { TopicId } from "../../src/guide/topic.ts";
import { guideTopics } from "../../src/guide/topics.ts";
import { meaningfulWords, plainWords } from "../../src/guide/words.ts";

const context: GuideContext = { appName: "Orders Bot" };

const found = (words: string): TopicId | undefined => {
  const search = findTopic(words, context);
  return search.kind === "found" ? search.topic.id : undefined;
};

const nearest = (words: string): TopicId | undefined => {
  const search = findTopic(words, context);
  return search.kind === "none" ? search.nearest.id : undefined;
};

/** One topic and what people type for it, with `|` between. */
type Row = readonly [TopicId, string];

const rowsOf = (rows: readonly Row[]): readonly Row[] =>
  rows.flatMap(([id, words]) => words.split(" | ").map((one) => [id, one] as const));

describe("what people type", () => {
  it.each(
    rowsOf([
      [
        "expired",
        "exipred | expried | exired | expird | expirred | expierd | EXPRED | expirde | revokd token | revked",
      ],
      ["scopes", "permision | permisson | premission | permmission | permissoin | scpoes | scop"],
      ["overview", "whats app token | whatsap tokn"],
      ["never", "how long | nevr | neevr | renw | reenw | refesh | refrehs | rotatoin | expiratoin"],
      ["step-4", "genrate | generat | genreate | generaet tokn | regenrate | gnerate token | generating tokens"],
      ["system-users", "systm user | sytem users | system usser | systemuser | bussiness portfolio"],
      ["account", "acount | accuont | accout | whatsap account | phnoe number | numbr"],
      ["leak", "leakd | laek | leakked token"],
      ["errors", "eror | errror | erorr"],
      ["app-blocked", "app bloked | app blokced | delted app"],
      ["register", "regsiter number | registred | not registerd"],
      ["two-factor", "two facter | twofactor authentication | 2FA"],
      ["live", "paymnt | paymetn method | billig"],
    ]),
  )("with a slip: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      ["scopes", "per mission | whatsapp_busines_messaging | missingpermission"],
      ["never", "renewtoken | re new | life time | refreshtoken"],
      ["step-4", "generatetoken | newtoken | invalidtoken"],
      ["expired", "tokenexpired | sessionexpired | ex pired"],
      ["system-users", "system users | sys tem users | busines manager"],
      ["app-secret", "appsecret | app se cret"],
      ["allow-list", "white list | ipwhitelist"],
      ["two-factor", "2-factor"],
    ]),
  )("with a space too many or too few: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      ["expired", "o token morreu | el token murió | token invalidado | token dies"],
      ["never", "prolongar token | estender o token | extender el token | jangka waktu token"],
      ["overview", "token yang tidak kedaluwarsa | token que não expira | टोकन समाप्त नहीं"],
      ["step-4", "obter token | obtener el token | conseguir token | dapatkan token"],
      ["leak", "token roubado | token robado | token dicuri | टोकन चोरी | token exposto | token comprometido"],
      ["app-blocked", "aplicativo desativado | aplicación desactivada | aplikasi dinonaktifkan | app suspenso"],
      ["app-blocked", "app block ho gaya"],
      ["account", "acesso negado | acceso denegado | akses ditolak"],
      ["verify", "testar token | probar token | uji token"],
      ["errors", "erro no token | problema no token | deu erro | estou com erro | error aa raha hai"],
      ["live", "no se envían mensajes"],
    ]),
  )("in another language, of what happened: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      [
        "expired",
        "expirado | token expirado | Meu token expirou! | TOKEN VENCIDO | revogado | o token foi revogado | sessão expirada",
      ],
      ["scopes", "permissão | permissões | permissao | falta permissão | PERMISSÕES?"],
      ["never", "nunca | renovar | renovar o token | renovação | como renovar meu token"],
      ["step-4", "gerar | gerar token | como gerar um novo token | token inválido"],
      ["system-users", "usuário | usuário do sistema | usuarios do sistema | não encontro usuários do sistema"],
      ["ids", "id do número"],
      ["account", "conta | número | telefone | numero de telefone | sem acesso"],
      ["errors", "erro | erros | código de erro | qual é o erro?"],
      ["leak", "vazou | token vazado | vazamento"],
      ["live", "pagamento | mensagem não enviada | conta bloqueada"],
      ["app-blocked", "aplicativo bloqueado | aplicativo excluído"],
      ["step-3", "passo 3 | atribuir aplicativo"],
    ]),
  )("in Portuguese: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      [
        "expired",
        "expirado | token expirado | mi token ha caducado | el token venció | revocado | token revocado | ¿CADUCÓ?",
      ],
      ["scopes", "permiso | permisos | faltan permisos | sin permisos"],
      ["never", "nunca | jamás | renovar | renovar el token"],
      ["step-4", "generar | generar token | cómo generar un token nuevo | token inválido"],
      ["system-users", "usuario del sistema | usuarios de sistema"],
      ["account", "cuenta | número | teléfono | número de teléfono | sin acceso"],
      ["errors", "error | errores | fallo | código de error"],
      ["leak", "token filtrado | fuga"],
      ["app-secret", "clave secreta"],
      ["live", "pago | mensaje no enviado | cuenta bloqueada"],
      ["app-blocked", "aplicación bloqueada | aplicación eliminada"],
      ["step-2", "paso 2 | crear usuario del sistema"],
    ]),
  )("in Spanish: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      [
        "expired",
        "kedaluwarsa | kadaluarsa | token kedaluwarsa | token saya sudah kadaluarsa | dicabut | token dicabut | token mati",
      ],
      ["scopes", "hak akses | otorisasi | izin | ijin | perizinan | tidak ada izin"],
      ["never", "tidak pernah | perpanjang | perpanjang token | cara memperbarui token"],
      ["step-4", "hasilkan token | buat token | cara membuat token baru"],
      ["system-users", "pengguna sistem | tidak ada pengguna sistem"],
      ["account", "akun | nomor | telepon | nomor telepon"],
      ["errors", "kesalahan | galat | kode kesalahan"],
      ["leak", "bocor | token bocor"],
      ["live", "pembayaran | pesan tidak terkirim"],
      ["app-blocked", "aplikasi diblokir | aplikasi dihapus"],
      ["register", "nomor belum terdaftar"],
      ["step-4", "langkah 4"],
    ]),
  )("in Indonesian: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      ["expired", "समाप्त | टोकन समाप्त हो गया | टोकन एक्सपायर हो गया | रद्द | टोकन रद्द हो गया | मेरा टोकन खत्म हो गया"],
      [
        "expired",
        "samapt | mera token samapt ho gaya | token khatam | radd | token radd ho gaya | token expire ho gaya",
      ],
      ["scopes", "अनुमति | परमिशन | अनुमति नहीं है | anumati | anumati nahi hai"],
      ["never", "कभी नहीं | kabhi nahi | नवीनीकरण | टोकन नवीनीकरण कैसे करें | navinikaran | renew kaise kare"],
      ["step-4", "टोकन बनाएं | टोकन जनरेट करें | नया टोकन कैसे बनाएं | naya token banaye | token generate kaise kare"],
      ["system-users", "सिस्टम यूज़र | सिस्टम यूजर | system user nahi hai"],
      ["account", "खाता | अकाउंट | khata | नंबर | nambar | फ़ोन नंबर | फोन नंबर"],
      ["errors", "त्रुटि | एरर | truti | galti | गलती"],
      ["leak", "टोकन लीक हो गया"],
      ["live", "भुगतान | bhugtan | संदेश नहीं भेजा"],
      ["register", "नंबर पंजीकृत नहीं"],
      ["step-4", "चरण 4 | charan 4"],
    ]),
  )("in Hindi: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each(
    rowsOf([
      ["expired", "expiradoo | expriado | revogdo | kedaluarsa | kadalursa | samaptt | revocdo"],
      ["scopes", "permissao | permisao | permisso | anumti"],
      ["never", "renovr | renvoar | perpanjng | navinikarn"],
      ["errors", "kesalahn | kesalhan"],
    ]),
  )("with a slip in another language: %s is found by %j", (id, words) => {
    expect(found(words)).toBe(id);
  });

  it.each<[string, TopicId]>([
    ['{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","code":4}}', "verify"],
    ['{"error":{"message":"API access blocked.","type":"OAuthException","code":200,"fbtrace_id":"Ax"}}', "app-blocked"],
    ["Error validating application. Application has been deleted.", "app-blocked"],
    ["(#100) Tried accessing nonexisting field (display_phone_number) on node type (WhatsAppBusinessAccount)", "ids"],
    ["(#100) App_id in the input_token did not match the Viewing App", "wrong-app"],
    ["(#133010) Account not registered", "register"],
    ["(#10) Application does not have permission for this action", "scopes"],
    ["Unauthorized source IP address", "allow-list"],
    ["code 5", "allow-list"],
    ["415", "two-factor"],
    ["error_subcode 2859009", "two-factor"],
    ["2500", "errors"],
    ["error code 190", "expired"],
    ["código de erro 131042", "live"],
    ["kode kesalahan 190", "expired"],
    [
      "(#200) You do not have the necessary permissions required to send messages on behalf of this WhatsApp Business Account",
      "account",
    ],
    [
      "Error validating access token: The session has been invalidated because the user changed their password",
      "expired",
    ],
    [
      '{"error":{"message":"Error validating access token: Session has expired on Friday, 20-Nov-26 05:00:00 PST.","code":190,"error_subcode":463}}',
      "expired",
    ],
    ["Invalid OAuth access token signature.", "step-4"],
    ["(#80007) Rate limit hit", "verify"],
  ])("the error %j finds %s", (words, id) => {
    expect(found(words)).toBe(id);
  });

  it.each<[string, TopicId]>([
    ["paymt", "live"],
    ["premissns", "scopes"],
    ["step 9", "overview"],
    ["🦄🦄🦄", "overview"],
    ["مرحبا", "overview"],
    ["?!", "overview"],
    ["pizza", "overview"],
  ])("%j finds nothing; the nearest topic is %s", (words, id) => {
    expect(nearest(words)).toBe(id);
  });
});

describe("any text", () => {
  const known = guideTopics(context).flatMap(({ keywords }) => keywords);
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 80 }),
    fc
      .array(fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 12 })), { maxLength: 8 })
      .map((all) => all.join(" ")),
  );

  it("finds a topic or the nearest topic", () => {
    const ids = new Set(guideTopics(context).map(({ id }) => id));
    fc.assert(
      fc.property(text, (words) => {
        const search = findTopic(words, context);
        expect(ids.has(search.kind === "found" ? search.topic.id : search.nearest.id)).toBe(true);
      }),
    );
  });

  it("finds the same topic with other case, punctuation and accents", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("!", "?", "…", " - ", "»"), (words, sign) => {
        expect(found(`${sign}${words.toUpperCase().toLowerCase()}${sign}`)).toBe(found(words.toUpperCase()));
      }),
    );
  });

  it("is read fast, even if it is long", () => {
    const start = performance.now();
    findTopic("qwertzuiopa ".repeat(10_000), context);
    findTopic(Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(" "), context);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("the words of the languages", () => {
  const vocabulary = new Set(
    guideTopics(context).flatMap(({ keywords, alone = [] }) => [...keywords, ...alone].flatMap(meaningfulWords)),
  );

  it("translate to words in the keywords of topics", () => {
    const unknown = languages
      .flatMap(({ words }) => Object.keys(words))
      .filter((word) => word !== "not" && !vocabulary.has(singularOf(word)));
    expect(unknown).toEqual([]);
  });

  it("find the same topics as the English word", () => {
    const strays = languages.flatMap(({ words }) =>
      Object.entries(words).flatMap(([english, others]) => {
        const id = found(english);
        return plainWords(others).flatMap((word) =>
          id === undefined || id === found(word) ? [] : [`${word}: ${String(found(word))}, unlike ${english}: ${id}`],
        );
      }),
    );
    expect(strays).toEqual([]);
  });

  it("are not fillers", () => {
    const strays = languages.flatMap(({ words, fillers }) => {
      const skipped = new Set(plainWords(fillers));
      return Object.values(words).flatMap((others) => plainWords(others).filter((word) => skipped.has(word)));
    });
    expect(strays).toEqual([]);
  });
});

const singularOf = (word: string): string => plainWords(word)[0] ?? word;
