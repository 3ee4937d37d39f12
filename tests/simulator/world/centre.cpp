#include "tests/simulator/world/centre.hpp"

#include "offline/intake/intake_service.hpp"
#include "offline/intake/intake_store.hpp"

#include <nlohmann/json.hpp>

namespace simulator {

using namespace offline;

namespace {

// In place of the catalogue.
base::Result<intake::ReadSubmission> read_submission(base::ByteView json, base::Date) {
    const auto value = nlohmann::json::parse(base::as_text(json), nullptr, false);
    if (!value.is_object() || value.value("item", "") != item_code)
        return base::fail(base::FaultCode::CentreRefused, "item");
    return intake::ReadSubmission{item_code,      "11000101DEM000110Q4990511001000",
                                  "高龄津贴申领", "000101194601020124",
                                  canary,         value.dump()};
}

class RealCentre final : public Centre {
  public:
    explicit RealCentre(const CentreParts& parts)
        : service_(intake::IntakeStore::open(parts.folder).value(), parts.realm.pinned(),
                   parts.realm.intake, read_submission, parts.clock, parts.log),
          audit_(intake::IntakeStore::open_to_read(parts.folder).value()),
          attachments_(parts.folder + "/attachments") {
        intake::IntakeLimits limits;
        limits.attachments_folder = attachments_;
        limits.key_set = [version = parts.realm.version] { return version; };
        limits.slice_bytes_max = papers::upload::slice_bytes_min;  // so that there are several
        service_.use(std::move(limits));
    }

    sync::Answer handle(const sync::Exchange& exchange) override {
        stale_ = true;
        const intake::Reply reply = route(exchange);
        return {reply.status, papers::wire::content_type, {}, reply.body, reply.headers};
    }

    void hear_part(const sync::Exchange& slice, std::size_t arrived) override {
        const std::string id = slice.path.substr(6);
        const auto generation = service_.begin_slice(id);
        if (!generation) return;
        [[maybe_unused]] const auto unheard =
            service_.slice(id, *generation, slice.headers,
                           base::ByteView(slice.body).first(arrived), arrived == slice.body.size());
    }

    base::Bytes attachment(const std::string& id) override {
        return base::read_file(attachments_ + "/" + id).value_or(base::Bytes{});
    }

    const std::vector<Effect>& effects() override {
        if (!std::exchange(stale_, false)) return effects_;
        effects_.clear();
        const auto all = audit_->all().value();
        for (const auto& stored : all)
            effects_.push_back({stored.terminal, stored.sub_id, stored.case_number,
                                stored.manifest_digest, !stored.receipt2.empty(), stored.seq});
        return effects_;
    }

  private:
    // As intake_server does.
    intake::Reply route(const sync::Exchange& exchange) {
        const std::string& path = exchange.path;
        if (path == "/v1/hello") return service_.hello(exchange.body);
        if (path.starts_with("/v1/a/"))
            return exchange.method == sync::Method::patch
                       ? service_.patch(path.substr(6), exchange.headers, exchange.body)
                       : service_.upload_offset(path.substr(6));
        constexpr std::size_t id_at = 6, id_size = 15, rest_at = id_at + id_size;
        if (!path.starts_with("/v1/t/") || path.size() < rest_at) return {404};
        const std::string terminal = path.substr(id_at, id_size), rest = path.substr(rest_at);
        if (rest == "/receipts") return service_.receipts(terminal, exchange.body);
        if (rest == "/batch") return service_.batch(terminal, exchange.body);
        if (!rest.starts_with("/s/") || rest.size() < 35) return {404};
        const std::string sub_id = rest.substr(3, 32), end = rest.substr(35);
        if (end.empty()) return service_.submit(terminal, sub_id, exchange.body);
        if (end == "/commit") return service_.commit(terminal, sub_id);
        return {404};
    }

    intake::IntakeService service_;
    std::unique_ptr<intake::CaseStore> audit_;
    std::string attachments_;
    std::vector<Effect> effects_;
    bool stale_ = true;
};

}  // namespace

std::unique_ptr<Centre> make_centre(const CentreParts& parts) {
    return std::make_unique<RealCentre>(parts);
}

std::string submission_text(std::int64_t number, bool readable) {
    return nlohmann::json{
        {"item", readable ? item_code : "unknown"}, {"number", number}, {"name", canary}}
        .dump();
}

}  // namespace simulator
