#include "offline/courier/terminal/registration.hpp"

#include "base/random.hpp"

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Record;

constexpr std::size_t record_bytes_max = 2048;

std::string name_on_stick(const outbox::Terminal& terminal) {
    return "cw-stick-" + sealing::key_id(terminal.key.public_key()) + ".json";
}

std::string path_here(const Sticks& sticks, const std::string& stick) {
    return sticks.folder + "/" + stick + ".json";
}

struct Registration {
    std::string stick, identity;
};

base::Result<Registration> read(base::ByteView bytes, const outbox::Terminal& terminal) {
    const Record record = TRY(formats::record_from_json(bytes));
    TRY_STATUS(sealing::verify_record(record, terminal.key.public_key(), stick_context));
    formats::Fields in(record, FaultCode::MediumUnfit, "registration");
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "courier-stick"));
    TRY_STATUS(in.exactly("realm", domain::name(terminal.certificate.realm)));
    TRY_STATUS(in.exactly("terminal", terminal.certificate.terminal));
    Registration out;
    out.stick = base::to_hex(TRY(in.array<16>("stick")));
    out.identity = TRY(in.text("identity", 128));
    TRY_STATUS(in.finish());
    return out;
}

}  // namespace

base::Result<std::string> register_stick(Medium& medium, const Sticks& sticks,
                                         const outbox::Terminal& terminal) {
    const auto facts = TRY(medium.facts());
    TRY_STATUS(check_facts(facts, terminal.certificate.realm));
    const auto drawn = base::random_bytes<16>();
    Record record{{"v", std::int64_t{1}},
                  {"kind", std::string("courier-stick")},
                  {"realm", std::string(domain::name(terminal.certificate.realm))},
                  {"terminal", terminal.certificate.terminal},
                  {"stick", base::Bytes(drawn.begin(), drawn.end())},
                  {"identity", facts.identity}};
    record = TRY(sealing::signed_record(std::move(record), terminal.key, stick_context));
    const base::Bytes bytes = formats::to_json(record);
    const std::string stick = base::to_hex(drawn), name = name_on_stick(terminal);
    TRY_STATUS(sticks.disk->make_folder(sticks.folder));
    TRY_STATUS(store::replace_file(*sticks.disk, path_here(sticks, stick), bytes));
    {
        const auto file = TRY(medium.create(name));
        TRY_STATUS(file->write(bytes));
        TRY_STATUS(file->sync());
    }
    TRY_STATUS(medium.sync_folder(""));
    return stick;
}

base::Result<std::string> check_stick(Medium& medium, const Sticks& sticks,
                                      const outbox::Terminal& terminal) {
    const auto facts = TRY(medium.facts());
    TRY_STATUS(check_facts(facts, terminal.certificate.realm));
    const auto not_registered = [] {
        return base::fail(FaultCode::MediumUnfit, "not registered here");
    };
    const std::string name = name_on_stick(terminal);
    if (!medium.exists(name)) return not_registered();
    const auto bytes = TRY(read_small(medium, name, record_bytes_max));
    const auto found = read(bytes, terminal);
    if (!found || !sticks.disk->exists(path_here(sticks, found->stick))) return not_registered();
    if (found->identity != facts.identity)
        return base::fail(FaultCode::MediumUnfit, "registered on another file system");
    return found->stick;
}

}  // namespace offline::courier
