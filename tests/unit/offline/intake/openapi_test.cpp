// openapi.json is held against the server that runs: what it registers, and what it answers to good
// and bad requests.
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <set>

namespace {

using namespace offline_test;
using nlohmann::json;
namespace wire = papers::wire;

struct Asked {
    std::string method, path;  // as the document writes it
    std::string body = {};
    httplib::Headers headers = {};
};

class openapi : public testing::Test {
  protected:
    void SetUp() override {
        intake::IntakeService service(intake::IntakeStore::open(folder / "intake").value(),
                                      world.pinned, world.intake, read_small_submission, clock,
                                      log);
        intake::IntakeLimits limits;
        limits.attachments_folder = folder / "intake/attachments";
        service.use(std::move(limits));
        intake::Desks desks;
        desks.feeds = std::make_shared<intake::FeedDesk>(
            intake::FeedDeskOptions{folder / "feeds", world.pinned, world.intake, {}}, clock, log);
        desks.questions = std::make_unique<intake::QuestionDesk>(
            intake::AnswerBook::open(folder / "intake").value(), world.pinned, world.intake, clock,
            log);
        desks.service_records = std::make_unique<intake::ServiceShelf>(
            intake::ServiceShelfOptions{folder / "service-records", world.pinned, world.intake},
            clock, log);
        desks.fleet = std::make_unique<intake::FleetDesk>(
            intake::FleetDeskOptions{folder / "bundles", world.pinned, world.intake},
            service.store(), clock, log);
        const auto issuer_key = sealing::SigningKey::generate();
        desks.enrolment = std::make_unique<intake::EnrolmentDesk>(
            intake::EnrolmentParts{
                world.pinned,
                sealing::Issuer::issue(world.root, world.realm, issuer_key.public_key(), {})
                    .value(),
                issuer_key,
                {},
                [this] { return base::Result<base::Bytes>(world.key_set_file()); }},
            service.store(), clock, log);
        server = intake::IntakeServer::listen("127.0.0.1", 0, std::move(service), std::nullopt,
                                              std::move(desks))
                     .value();
        document = json::parse(client().Get("/v1/openapi.json")->body);
    }
    httplib::Client client() const { return httplib::Client("127.0.0.1", server->port()); }

    json resolved(const json& part) const {
        return part.contains("$ref")
                   ? document.at(json::json_pointer(part["$ref"].get<std::string>().substr(1)))
                   : part;
    }
    std::set<intake::Route> documented() const {
        std::set<intake::Route> out;
        for (const auto& [path, item] : document["paths"].items())
            for (const auto& [method, operation] : item.items())
                if (method != "parameters") out.insert({method, path});
        return out;
    }
    std::string with_values(std::string path) const {
        for (const auto& [name, value] : std::initializer_list<std::pair<const char*, std::string>>{
                 {"{terminal}", terminal_id},
                 {"{sub_id}", sub_id},
                 {"{attachment}", attachment},
                 {"{digest}", std::string(64, 'a')}})
            if (const auto at = path.find(name); at != std::string::npos)
                path.replace(at, std::string_view(name).size(), value);
        return path;
    }
    // The status; whatever is not as the document says fails the test.
    int ask(const Asked& asked) {
        httplib::Request request;
        for (const char letter : asked.method) request.method += static_cast<char>(letter - 32);
        request.path = with_values(asked.path);
        request.headers = asked.headers;
        const json operation = document["paths"][asked.path][asked.method];
        if (operation.contains("requestBody")) {
            request.body = asked.body;
            request.set_header("Content-Type",
                               resolved(operation["requestBody"])["content"].items().begin().key());
        }
        const auto answer = client().send(request);
        const std::string what = asked.method + " " + asked.path;
        if (!answer) {
            ADD_FAILURE() << what << " was not answered";
            return 0;
        }
        const std::string status = std::to_string(answer->status);
        if (!operation["responses"].contains(status)) {
            ADD_FAILURE() << what << " answers " << status;
            return answer->status;
        }
        const json response = resolved(operation["responses"][status]);
        if (!answer->body.empty()) {
            const std::string type = answer->get_header_value("Content-Type");
            EXPECT_TRUE(response.contains("content") &&
                        response["content"].contains(type.substr(0, type.find(';'))))
                << what << " answers " << status << " with " << type;
        }
        const json headers = response.value("headers", json::object());
        for (const auto& [name, header] : headers.items())
            EXPECT_TRUE(answer->has_header(name.c_str())) << what << " without " << name;
        return answer->status;
    }
    base::Bytes sealed_photo(const domain::SubId& of, const sealing::AttachmentId& id) const {
        auto sealer = sealing::StreamSealer::begin(
                          world.realm, world.keys().sealing_key(start).value(), {of, id})
                          .value();
        base::Bytes out = sealer.append(base::Bytes(70'000, 'p')).value();
        const base::Bytes end = sealer.finish().value();
        out.insert(out.end(), end.begin(), end.end());
        return out;
    }
    std::string hello(std::int64_t next_seq = 1) const {
        wire::HelloRequest says;
        says.certificate = world.certificate.file;
        says.epoch = box.epoch();
        says.next_seq = next_seq;
        return text_of(wire::encode(says, world.terminal_key).value());
    }
    static std::string text_of(const base::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

    Folder folder;
    World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    std::string sub_id = std::string(32, '1'), attachment = std::string(32, '2');
    std::unique_ptr<intake::IntakeServer> server;
    json document;
};

TEST_F(openapi, the_document_names_every_route_of_the_server_and_nothing_else) {
    EXPECT_EQ(document["openapi"], "3.1.0");
    const auto& routes = server->routes();
    EXPECT_EQ(documented(), std::set<intake::Route>(routes.begin(), routes.end()));
    EXPECT_EQ(client().Get("/v1/anything")->status, 404);
    std::set<std::string> names;
    for (const auto& route : routes)
        EXPECT_TRUE(
            names.insert(document["paths"][route.path][route.method]["operationId"]).second);
}

TEST_F(openapi, a_method_that_the_document_does_not_name_finds_nothing) {
    const auto named = documented();
    for (const auto& [method, path] : named)
        for (const std::string other : {"get", "post", "put", "patch", "delete"}) {
            if (named.contains({other, path})) continue;
            httplib::Request request;
            for (const char letter : other) request.method += static_cast<char>(letter - 32);
            request.path = with_values(path);
            request.body = "x";
            request.set_header("Content-Type", "application/cbor");
            const auto answer = client().send(request);
            ASSERT_TRUE(answer) << other << " " << path;
            EXPECT_EQ(answer->status, 404) << other << " " << path;
            EXPECT_EQ(answer->body, "") << other << " " << path;
        }
}

TEST_F(openapi, rubbish_and_what_is_too_long_are_answered_as_documented) {
    for (const auto& route : server->routes()) {
        const json operation = document["paths"][route.path][route.method];
        const int status = ask({route.method, route.path, "rubbish"});
        if (!operation.contains("requestBody")) continue;
        EXPECT_GE(status, 400) << route.path;
        const auto content = *resolved(operation["requestBody"])["content"].begin();
        const std::size_t most = content["schema"]["maxLength"];
        EXPECT_EQ(ask({route.method, route.path, std::string(most + 1, 'x')}), 413) << route.path;
    }
}

TEST_F(openapi, what_terminals_ask_is_answered_as_documented) {
    const auto given = acceptance(world);
    sub_id = given.sub_id.text();
    const auto parcel = box.parcel(box.accept(given).value().seq).value().value();
    const base::Bytes submission = wire::encode(wire::Delivered{
        world.certificate.file, parcel.manifest, parcel.signature, parcel.envelope});
    const std::string at = "/v1/t/{terminal}/s/{sub_id}";
    EXPECT_EQ(ask({"post", "/v1/hello", hello(2)}), 200);
    EXPECT_EQ(ask({"post", at + "/commit"}), 404);
    EXPECT_EQ(ask({"put", at, text_of(submission)}), 200);
    EXPECT_EQ(ask({"post", "/v1/t/{terminal}/batch", text_of(wire::encode_batch({submission}))}),
              200);
    EXPECT_EQ(ask({"post", at + "/commit"}), 200);
    EXPECT_EQ(ask({"post", "/v1/hello", hello(1)}), 403) << "it knows less than came from it";
    EXPECT_EQ(ask({"get", "/readyz"}), 200);

    auto with_photo = acceptance(world);
    const auto photo = base::random_bytes<16>();
    with_photo.attachments = {photo};
    auto writer = box.begin_attachment(with_photo.sub_id, photo, "photo").value();
    ASSERT_TRUE(writer.append(sealed_photo(with_photo.sub_id, photo)));
    ASSERT_TRUE(writer.finish());
    sub_id = with_photo.sub_id.text();
    attachment = base::to_hex(photo);
    const auto second = box.parcel(box.accept(with_photo).value().seq).value().value();
    EXPECT_EQ(ask({"put", at,
                   text_of(wire::encode(wire::Delivered{world.certificate.file, second.manifest,
                                                        second.signature, second.envelope}))}),
              200);
    EXPECT_EQ(ask({"post", at + "/commit"}), 409);
    EXPECT_EQ(ask({"head", "/v1/a/{attachment}"}), 200);
    const auto bytes = box.read_attachment(photo, 0, 200'000).value();
    const auto send = [&](std::size_t from, std::size_t count) {
        const base::Bytes slice(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                                bytes.begin() + static_cast<std::ptrdiff_t>(from + count));
        Asked asked{"patch", "/v1/a/{attachment}", text_of(slice)};
        for (const auto& [name, value] :
             papers::upload::slice_headers(static_cast<std::int64_t>(from), slice))
            asked.headers.emplace(name, value);
        return ask(asked);
    };
    EXPECT_EQ(send(1, 10), 409);
    EXPECT_EQ(send(0, 1000), 204);
    EXPECT_EQ(send(1000, bytes.size() - 1000), 200);
    EXPECT_EQ(ask({"get", "/v1/a/{attachment}"}), 200);
}

}  // namespace
