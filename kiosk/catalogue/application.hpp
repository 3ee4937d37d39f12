// FormAnswers → Application (what the citizen reviews) → Submission (what the citizen signed).
// The next type cannot be built without the one before.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "catalogue/form.hpp"
#include "domain/face_verdict.hpp"
#include "domain/local_receipt.hpp"
#include "domain/picture.hpp"
#include "domain/strokes.hpp"

#include <string>
#include <vector>

namespace catalogue {

// How the person was proved. chip_and_visit: face refused or failed; an agent visits.
enum class ProofKind { chip, chip_and_face, chip_and_visit };
struct Proof {
    ProofKind kind = ProofKind::chip;
    bool face_consented = false;
    std::string face_outcome;  // match, refused, failed, unavailable, none
    // Whether a matched face showed that it is alive: shown, not_shown, not_asked. The centre
    // decides what an advisory not_shown is worth.
    std::string face_liveness = "not_asked";
    friend bool operator==(const Proof&, const Proof&) = default;
};

struct MaterialState {
    std::string code;
    MaterialSource source{};
    std::string due;  // ISO date, of 容缺 materials
    friend bool operator==(const MaterialState&, const MaterialState&) = default;
};
// The materials that apply, with due dates counted from today.
std::vector<MaterialState> materials_for(const ServiceItem& item, const Facts& facts,
                                         base::Date today);

// Who takes the case in and who decides it: credit codes, or, where the household is in another
// place, the code of that place (or `elsewhere`). Empty where the item does not say.
struct FiledWith {
    std::string receiving, deciding, deciding_division;
    friend bool operator==(const FiledWith&, const FiledWith&) = default;
};
FiledWith filed_with(const ServiceItem& item, const FormAnswers& answers);
// Who decides the case, in words; empty where the item does not say.
Text decided_by(const ServiceItem& item, const DivisionTable& table, const FiledWith& offices);

struct Application {
    std::string pack_id;
    std::int64_t pack_version = 0;
    std::string item_code, implementation_code;
    std::int64_t item_version = 0;
    FiledWith offices;
    base::Secret<domain::CitizenIdentity> person;
    Proof proof;
    SituationAnswers situation;
    FormAnswers answers;
    std::vector<MaterialState> materials;
    std::string notice_acknowledged_at;  // ISO 8601: the notice on personal data
    friend bool operator==(const Application&, const Application&) = default;

    static Application make(const Pack& pack, const ServiceItem& item,
                            base::Secret<domain::CitizenIdentity> person, Proof proof,
                            SituationAnswers situation, FormAnswers answers, base::Date today,
                            const Facts& facts, std::string notice_acknowledged_at);
};

// Who saw a mark being made, by their own card.
struct Witness {
    std::string name, id_number;
    domain::Strokes signature;
    void wipe() {
        base::wipe(name);
        base::wipe(id_number);
        signature.wipe();
    }
    friend bool operator==(const Witness&, const Witness&) = default;
};
inline constexpr int witness_years = 18;

enum class Undertaking { commit, ordinary };
struct SignedLetter {
    std::string template_id;
    std::int64_t revision = 0;
    Undertaking undertaking{};
    std::vector<bool> ticks;  // all true when commit
    base::Secret<domain::Strokes> signature;
    std::string signed_at;  // ISO 8601
    SignatureWay way = SignatureWay::touch;
    std::vector<std::string> confirmed_at{};  // of read_aloud: when each clause was, ISO 8601
    base::Secret<domain::GreyPicture> thumb_print{};  // of thumb
    base::Secret<Witness> witness{};                  // of witnessed: signature is the mark
    friend bool operator==(const SignedLetter&, const SignedLetter&) = default;
};

struct Submission {
    domain::SubId sub_id;
    domain::Realm realm = domain::Realm::training;
    std::string terminal;
    std::string division;
    Application application;
    SignedLetter letter;
    friend bool operator==(const Submission&, const Submission&) = default;

    // PostRefused when a tick is missing under commit, the way is not the letter's, or what the way
    // asks for (a signature, a confirmation of every clause, a print, a witness who is another
    // adult) is missing.
    static base::Result<Submission> make(domain::SubId sub_id, domain::Realm realm,
                                         std::string terminal, std::string division,
                                         Application application, SignedLetter letter,
                                         const ServiceItem& item);
};

}  // namespace catalogue
