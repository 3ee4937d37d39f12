// Named samples of every state of the session, reached by feeding the machine what an honest
// citizen and honest devices would say. The gallery draws them, the exhaustive tests of the machine
// start from them. The people and places are invented. Main thread.
#pragma once

#include "catalogue/pack_reader.hpp"
#include "session/step.hpp"

#include <string>
#include <utility>
#include <vector>

namespace app::training::samples {

using session::Effects;
using session::Event;
using session::Session;
using session::Settings;
using session::World;

// The sample county's pack as it stood in the repository when this was built.
const catalogue::Pack& pack();
inline const std::string item_code = "990511001000";
inline const std::string proof_item_code = "992014001000";  // printed, not filed

// 2026-11-22 09:41 +08:00.
base::Instant morning();

domain::TerminalHealth devices_well();  // no voice

struct Terminal {
    Settings settings{domain::Realm::training, "000101001001001", "000101001001", true};
    domain::TerminalHealth health = devices_well();
    base::Instant now = morning();
    World world() const { return {pack(), settings, health, now, domain::SubId{{1, 2, 3}}}; }
};

domain::IdCardRecord good_card();   // 王秀兰, 83
domain::IdCardRecord young_card();  // 45
domain::IdCardRecord expired_card();
domain::IdCardRecord child_card();  // 12
domain::IdCardRecord foreign_card();
domain::IdCardRecord unknown_ethnicity_card();
domain::Strokes signature();
domain::Strokes mark();  // of who cannot write
domain::ThumbPicture thumb_picture();
std::vector<base::Secret<domain::Picture>> paper_pages();  // white
domain::LocalReceipt receipt();
domain::ProofPaper proof_paper();  // one page
domain::Technician technician();   // T-0007, who may do everything
domain::OutboxStock stock();
domain::Supplies supplies();           // of a terminal with both printers
domain::set_up::Known set_up_known();  // of a terminal that is enrolled and nothing else
// A good answer to a decision, of that terminal.
domain::set_up::Values set_up_answer(domain::set_up::Decision decision);

struct NamedSession {
    std::string name;
    Session session;
};
// One of every alternative of State (and some twice), in session 7, waiting for ticket {7, 70}.
std::size_t state_count();
NamedSession state(std::size_t index);
std::vector<NamedSession> states();

inline constexpr domain::Ticket waited_for{7, 70};

// Walks with the machine: feeds events and collects effects.
struct Walker {
    Terminal terminal;
    Session session;
    Effects effects;  // of the last event

    Walker();
    Walker& on(const Event& event);
    Walker& wait(base::Millis by);
    template <class EffectType>
    const EffectType* effect() const {
        for (const auto& e : effects)
            if (const auto* found = std::get_if<EffectType>(&e)) return found;
        return nullptr;
    }
    // As a terminal with a scanner, from here on.
    Walker& with_scanner();
    Walker& with_receipt_printer();
    Walker& scan(std::string code);  // before whatever listens now
    template <class StateType>
    const StateType* in() const {
        return std::get_if<StateType>(&session.state);
    }
    // Up to a page of the journey, as an honest citizen would.
    Walker& to_card();
    Walker& to_identity();
    Walker& to_questions();
    Walker& to_form();
    Walker& answer_page();  // the form page it stands on, every field that is not locked
    Walker& to_materials();
    Walker& to_letter();
    Walker& to_signature();  // all but the signature
    Walker& to_thumb_camera();
    Walker& to_thumb_taken();
    Walker& to_witness();
    Walker& to_witness_signing();
    Walker& to_sealing();
    Walker& to_receipt();
    // The other journey, of a paper that is printed here.
    Walker& to_proof_asked();
    Walker& to_proof();
    Walker& to_proof_printing();
    // Signed in as a technician, with these rights.
    Walker& to_pin();
    Walker& to_checking();
    Walker& to_technician(domain::Technician who = technician());
    Walker& to_stick_work(domain::CourierWork work);
    Walker& to_wizard();  // its first question
    Walker& answer(const domain::set_up::Values& values);
    Walker& decide();  // answers the question it stands on well, and keeps it
    Walker& to_decision(domain::set_up::Decision decision);
    Walker& paused(domain::PauseReason reason, domain::PauseLength length);  // and signed in still
};

}  // namespace app::training::samples
