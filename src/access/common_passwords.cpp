#include "access/common_passwords.h"

#include <algorithm>
#include <array>

namespace tandem::access {

namespace {

// What lists of stolen passwords hold most often, without the digits and marks people put behind;
// sorted.
constexpr std::array<std::string_view, 400> common{
    "010203",    "101010",        "102030",     "10203040",    "112233",      "11223344",
    "121212",    "123123123",     "123321",     "12344321",    "1234qwer",    "123abc",
    "123qwe",    "131313",        "147258",     "147258369",   "159753",      "1q2w3e",
    "1q2w3e4r",  "1q2w3e4r5t",    "1qaz2wsx",   "27182818",    "31415926",    "314159265",
    "5201314",   "696969",        "741852963",  "789456",      "789456123",   "87654321",
    "987654321", "a1b2c3",        "a1b2c3d4",   "aa123456",    "abc123",      "abcd1234",
    "admin",     "administrator", "alexander",  "alexandra",   "amanda",      "america",
    "amor",      "andrew",        "android",    "angel",       "angels",      "anmima",
    "anna",      "anthony",       "anything",   "apple",       "april",       "arigato",
    "arsenal",   "asd",           "asdf1234",   "asdfgh",      "asdfghjk",    "asdfghjkl",
    "ashley",    "asshole",       "audi",       "august",      "autumn",      "azerty",
    "bailey",    "banana",        "barcelona",  "baseball",    "basketball",  "batman",
    "bear",      "beatles",       "beer",       "benfica",     "berlin",      "bitch",
    "blink182",  "bmw",           "brasil",     "brazil",      "brian",       "buddy",
    "business",  "buster",        "butterfly",  "camaro",      "canada",      "carlos",
    "change",    "changeme",      "charlie",    "cheese",      "chelsea",     "cherry",
    "chicken",   "china",         "chocolate",  "christ",      "coffee",      "company",
    "computer",  "contrasena",    "cookie",     "corinthians", "corvette",    "cowboys",
    "crystal",   "daniel",        "david",      "december",    "default",     "demo",
    "diamond",   "dolphin",       "doraemon",   "dragon",      "eagle",       "eagles",
    "eminem",    "emma",          "england",    "estrela",     "facebook",    "falcon",
    "family",    "february",      "felicidade", "fernando",    "ferrari",     "flamengo",
    "flower",    "football",      "forever",    "fortnite",    "france",      "freedom",
    "friday",    "friends",       "fuckoff",    "fuckyou",     "gabriel",     "gandalf",
    "george",    "germany",       "ginger",     "god",         "golden",      "golf",
    "google",    "guest",         "hannah",     "harley",      "haslo",       "hawk",
    "heaven",    "hello",         "helpdesk",   "hikaru",      "hobbit",      "hockey",
    "honda",     "horse",         "hottie",     "hunter",      "ilove",       "iloveu",
    "iloveyou",  "instagram",     "internet",   "iphone",      "ironman",     "isabella",
    "jaguar",    "james",         "january",    "japan",       "jason",       "jasper",
    "jennifer",  "jessica",       "jesus",      "joao",        "john",        "jordan",
    "joseph",    "joshua",        "julia",      "july",        "june",        "justin",
    "juventus",  "kevin",         "killer",     "king",        "kitty",       "lakers",
    "laura",     "letmein",       "lightning",  "linkedin",    "lion",        "lisboa",
    "liverpool", "login",         "london",     "love",        "lovely",      "loveme",
    "lover",     "loveyou",       "lucas",      "lucky",       "maggie",      "march",
    "maria",     "mark",          "martin",     "master",      "matrix",      "matthew",
    "may",       "mercedes",      "merlin",     "metallica",   "mexico",      "michael",
    "michelle",  "microsoft",     "mima",       "mimashi",     "minecraft",   "molly",
    "monday",    "monkey",        "motdepasse", "mustang",     "mypassword",  "naruto",
    "nicole",    "nihongo",       "ninja",      "nintendo",    "nirvana",     "nothing",
    "november",  "obrigado",      "october",    "office",      "ohayou",      "oliver",
    "olivia",    "orange",        "p@ssw0rd",   "p@ssword",    "pa$$word",    "pa55word",
    "packers",   "palmeiras",     "panther",    "paris",       "parola",      "pass",
    "pass1234",  "passphrase",    "passw0rd",   "passwd",      "password",    "passwort",
    "pasuwado",  "patrick",       "paul",       "peach",       "pedro",       "pepper",
    "peter",     "phoenix",       "pikachu",    "pizza",       "playstation", "pokemon",
    "porsche",   "portugal",      "prince",     "princess",    "puppy",       "purple",
    "q1w2e3r4",  "qazwsx",        "qazwsxedc",  "queen",       "qwe",         "qweasd",
    "qweasdzxc", "qwer1234",      "qwerty",     "qwerty123",   "qwertyui",    "qwertyuiop",
    "qwertz",    "rafael",        "raiders",    "rainbow",     "ranger",      "realmadrid",
    "richard",   "robert",        "roblox",     "rocky",       "root",        "sakura",
    "samantha",  "samsung",       "samurai",    "santos",      "saopaulo",    "sarah",
    "saturday",  "saudade",       "secret",     "secure",      "security",    "senha",
    "september", "service",       "sexy",       "shadow",      "shark",       "silver",
    "slipknot",  "smokey",        "snake",      "sniper",      "soccer",      "soldier",
    "something", "sophia",        "sophie",     "spider",      "spiderman",   "sports",
    "spring",    "starter",       "starwars",   "steelers",    "steven",      "storm",
    "summer",    "sunday",        "sunshine",   "superman",    "support",     "tandem",
    "teamo",     "temp",          "temporary",  "tennis",      "test",        "tester",
    "testing",   "thomas",        "thunder",    "thursday",    "tiger",       "tokugawa",
    "tokyo",     "toyota",        "trustno",    "trustno1",    "tuesday",     "turtle",
    "twitter",   "user",          "vodka",      "wachtwoord",  "warrior",     "wednesday",
    "welcome",   "welcome!",      "whatever",   "whiskey",     "william",     "windows",
    "winter",    "wizard",        "woaini",     "woaini1314",  "wolf",        "xbox",
    "yamaha",    "yankees",       "yellow",     "youtube",     "zaq12wsx",    "zaq1xsw2",
    "zoho",      "zxc",           "zxcvbn",     "zxcvbnm"};

static_assert(std::is_sorted(common.begin(), common.end()));

}  // namespace

bool is_common_password(std::string_view lower_case) {
  return std::binary_search(common.begin(), common.end(), lower_case);
}

}  // namespace tandem::access
