// The bytes of attachments over real HTTP, with a proxy that cuts, and at the intake's own seam.
// Names begin with the row of the fault matrix (offline-sync.md 4.2) that they prove.
#include "tests/unit/offline/delivery_fixture.hpp"
#include "tests/unit/offline/fault_proxy.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace offline_test;
using base::Millis;
using sync::Method;
namespace upload = papers::upload;

class uploads : public testing::Test {
  protected:
    Folder folder;
    World world;
    base::ManualClock clock{start};
    CountingLog log;
    MemoryParcels parcels{world};
    Runner runner{world, parcels, clock, log};

    bool all_delivered() const { return parcels.waiting.empty() && parcels.aside.empty(); }
    intake::IntakeService service() { return service_of(world, folder / "intake", clock, log); }
    // The submission is stored, its attachments are not.
    void submit(intake::IntakeService& to, std::int64_t seq) {
        const auto& parcel = parcels.waiting.at(seq).parcel;
        ASSERT_EQ(to.submit(terminal_id, parcel.sub_id.text(),
                            papers::wire::encode(
                                papers::wire::Delivered{world.certificate.file, parcel.manifest,
                                                        parcel.signature, parcel.envelope}))
                      .status,
                  200);
    }
    static base::Result<sync::Answer> send(const std::string& url, sync::Exchange exchange) {
        const std::stop_source nobody_stops;
        return sync::CentreClient(url).run(exchange, nobody_stops.get_token());
    }
    static std::string path(const sync::Upload& one) { return "/v1/a/" + base::to_hex(one.id); }
    sync::Exchange patch(const sync::Upload& one, std::int64_t at) const {
        const auto& all = parcels.bytes.at(one.id);
        sync::Exchange out{Method::patch, path(one)};
        out.body.assign(all.begin() + at, all.end());
        out.headers = upload::slice_headers(at, out.body);
        out.content_type = upload::content_type;
        return out;
    }
    static std::int64_t offset_in(const sync::Answer& answer) {
        return upload::offset_in(answer.headers)->at;
    }
    std::string file(const sync::Upload& one) const {
        return folder / "intake/attachments/" + base::to_hex(one.id);
    }
    static base::Bytes content_of(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

TEST_F(uploads, an_attachment_of_many_slices_arrives_whole_and_only_then_is_receipted) {
    const Intake intake(world, folder / "intake", clock);
    const auto seq = parcels.keep({content(700'000), content(10)});
    const auto one = parcels.upload(seq);
    const base::Bytes bytes = parcels.bytes.at(one.id);
    runner.run(intake.url(), 40);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(content_of(file(one)), bytes);
    EXPECT_FALSE(parcels.complete.at(seq).empty());
}

TEST_F(uploads, row_33_connection_cut_at_every_byte_of_a_patch) {
    const Intake intake(world, folder / "intake", clock);
    FaultProxy proxy(intake.port());
    // How long the request is: measured once.
    std::int64_t length = 0;
    for (std::int64_t cut = 0; cut == 0 || cut <= length; ++cut) {
        const auto seq = parcels.keep({content(120)});
        const auto one = parcels.upload(seq);
        {
            const auto& parcel = parcels.waiting.at(seq).parcel;
            ASSERT_EQ(send(intake.url(),
                           {Method::put, "/v1/t/" + terminal_id + "/s/" + parcel.sub_id.text(),
                            papers::wire::encode(
                                papers::wire::Delivered{world.certificate.file, parcel.manifest,
                                                        parcel.signature, parcel.envelope})})
                          ->status,
                      200);
        }
        if (length == 0) {
            const std::int64_t before = proxy.passed();
            ASSERT_TRUE(send(proxy.url(), patch(one, 0)));
            length = proxy.passed() - before;
            ASSERT_GT(length, 200);
            continue;
        }
        proxy.cut_after(cut);
        const auto answer = send(proxy.url(), patch(one, 0));
        proxy.cut_after(FaultProxy::all);
        EXPECT_EQ(answer.has_value(), cut == length) << cut;
        const auto there = send(intake.url(), {Method::head, path(one)});
        ASSERT_TRUE(there) << cut;
        const std::int64_t at = offset_in(*there);
        EXPECT_LE(at, std::max<std::int64_t>(0, cut - (length - 120))) << "acknowledged <= sent";
        if (at == one.length) continue;
        auto last = send(intake.url(), patch(one, at));
        // The first writer may be seen only now, even twice: its bytes count, and the centre says
        // so.
        for (int i = 0; i < 5 && last && last->status == 409; ++i)
            last = send(intake.url(), patch(one, offset_in(*last)));
        ASSERT_TRUE(last) << cut;
        ASSERT_EQ(last->status, 200) << cut;
        EXPECT_EQ(content_of(file(one)), parcels.bytes.at(one.id)) << cut;
    }
}

TEST_F(uploads, row_34_a_stale_patch_is_fenced_by_a_newer_one) {
    auto centre = service();
    const auto seq = parcels.keep({content(1000)});
    const auto one = parcels.upload(seq);
    submit(centre, seq);
    const std::string id = base::to_hex(one.id);
    const auto& bytes = parcels.bytes.at(one.id);
    const auto stale = centre.begin_slice(id).value();
    const auto newer = centre.begin_slice(id).value();
    const base::Bytes other(600, 0x55);
    const auto late = centre.slice(id, stale, upload::slice_headers(0, other), other, true);
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(upload::offset_in(late.headers)->at, 0);
    EXPECT_EQ(centre.slice(id, newer, upload::slice_headers(0, bytes), bytes, true).status, 200);
    // And after all was there.
    EXPECT_EQ(centre.slice(id, stale, upload::slice_headers(0, other), other, true).status, 200)
        << "the receipt again, nothing written";
    EXPECT_EQ(content_of(file(one)), bytes);
}

TEST_F(uploads, row_35_a_proxy_that_swallows_the_body_leaves_the_offset_honest) {
    const Intake intake(world, folder / "intake", clock);
    FaultProxy proxy(intake.port());
    const auto seq = parcels.keep({content(80'000)});
    runner.run(proxy.url(), 2);  // hello, S
    ASSERT_EQ(parcels.waiting.at(seq).state, outbox::ParcelState::envelope_sent);
    const auto one = parcels.upload(seq);
    proxy.swallow(true);
    auto exchange = patch(one, 0);
    exchange.limit = Millis{200};
    EXPECT_FALSE(send(proxy.url(), exchange));
    proxy.swallow(false);
    EXPECT_EQ(offset_in(*send(intake.url(), {Method::head, path(one)})), 0);
    runner.run(proxy.url(), 20);
    EXPECT_TRUE(all_delivered());
}

TEST_F(uploads, row_36_what_was_not_flushed_before_the_node_died_is_not_acknowledged) {
    const auto seq = parcels.keep({content(1000)});
    const auto one = parcels.upload(seq);
    const std::string id = base::to_hex(one.id);
    {
        auto centre = service();
        submit(centre, seq);
        ASSERT_TRUE(centre.begin_slice(id));
        // The body is in the node's memory; the node dies here.
    }
    auto centre = service();
    EXPECT_EQ(upload::offset_in(centre.upload_offset(id).headers)->at, 0);
    // A node that died between the file and the row: the bytes are there, the row does not say so.
    fs::create_directories(folder / "intake/attachments");
    std::ofstream(file(one), std::ios::binary) << "half a slice";
    EXPECT_EQ(upload::offset_in(centre.upload_offset(id).headers)->at, 0);
    EXPECT_EQ(
        centre
            .patch(id, upload::slice_headers(0, parcels.bytes.at(one.id)), parcels.bytes.at(one.id))
            .status,
        200);
    EXPECT_EQ(content_of(file(one)), parcels.bytes.at(one.id));
}

TEST_F(uploads, row_37_a_part_that_the_centre_lost_is_sent_again_and_reported) {
    const Intake intake(world, folder / "intake", clock);
    const auto seq = parcels.keep({content(400'000)});
    const auto one = parcels.upload(seq);
    runner.run(intake.url(), 3);  // hello, S, the first slice
    ASSERT_GT(parcels.upload(seq).acked, 0);
    fs::resize_file(file(one), 10);
    runner.run(intake.url(), 30);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(log.count("OffsetAdopted"), 1);
    EXPECT_EQ(content_of(file(one)), parcels.bytes.at(one.id));
}

TEST_F(uploads, row_38_413_halves_the_slice_down_to_64_KiB_and_it_arrives) {
    auto centre = service();
    parcels.keep({content(2'000'000)});
    int refused = 0;
    runner.run(
        [&](const auto& exchange) -> base::Result<sync::Answer> {
            if (exchange.method == Method::patch && exchange.body.size() > 100'000) {
                ++refused;
                return status(413);
            }
            return ask(centre, exchange);
        },
        80);
    EXPECT_TRUE(all_delivered());
    EXPECT_GE(refused, 3);
}

TEST_F(uploads, row_42_no_name_and_half_open_connections_end_and_lose_nothing) {
    const auto seq = parcels.keep();
    const auto nowhere = send("http://no-such-centre.invalid", {Method::post, "/v1/hello"});
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, FaultCode::NetworkUnreachable);
    runner.run([&](const auto&) -> base::Result<sync::Answer> { return nowhere; });
    EXPECT_EQ(runner.out->line(), domain::Line::offline);
    // Connected, and nothing comes back.
    const Intake intake(world, folder / "intake", clock);
    FaultProxy proxy(intake.port());
    proxy.swallow(true);
    sync::Exchange hello{Method::post, "/v1/hello"};
    hello.limit = Millis{100};
    const auto silent = send(proxy.url(), hello);
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, FaultCode::NetworkUnreachable);
    EXPECT_TRUE(parcels.waiting.contains(seq));
    runner.run(intake.url(), 20);
    EXPECT_TRUE(all_delivered());
}

TEST_F(uploads, row_43_flaps_after_each_hundred_thousand_bytes_make_progress_and_resend_little) {
    const Intake intake(world, folder / "intake", clock);
    FaultProxy proxy(intake.port());
    constexpr std::int64_t size = 3'000'000;
    const auto seq = parcels.keep({content(size)});
    const auto one = parcels.upload(seq);
    const std::stop_source nobody_stops;
    for (int flap = 0; flap < 100 && !parcels.waiting.empty(); ++flap) {
        proxy.cut_after(100'000);
        sync::CentreClient client(proxy.url());
        for (int i = 0; i < 30 && proxy.passed() % 100'000 < 99'000; ++i)
            runner.run([&](const auto& e) { return client.run(e, nobody_stops.get_token()); }, 1);
        runner.out->nudge();
    }
    proxy.cut_after(FaultProxy::all);
    runner.run(proxy.url(), 30);
    EXPECT_TRUE(all_delivered());
    EXPECT_EQ(content_of(file(one)), parcels.bytes.at(one.id));
    EXPECT_LT(static_cast<double>(proxy.passed()) / size, 1.3) << "hellos and headers included";
}

TEST_F(uploads, row_17_bytes_that_changed_on_the_medium_are_found_and_set_aside) {
    auto centre = service();
    const auto seq = parcels.keep({content(1000)});
    parcels.bytes.at(parcels.upload(seq).id)[500] ^= 1;
    runner.run([&](const auto& exchange) { return ask(centre, exchange); }, 20);
    EXPECT_EQ(parcels.aside.at(seq), "damaged");
    EXPECT_TRUE(log.has("SubmissionSetAside", "damaged"));
    EXPECT_EQ(cases_in(folder / "intake"), 1);
    EXPECT_TRUE(parcels.complete.empty()) << "never complete without the manifest's bytes";
}

TEST_F(uploads, bytes_that_changed_on_the_way_are_sent_once_more_from_the_beginning) {
    auto centre = service();
    parcels.keep({content(1000)});
    int slices = 0;
    const auto change = [&](int how_often) {
        return [&, how_often](sync::Exchange exchange) {
            if (exchange.method == Method::patch && slices++ < how_often) {
                exchange.body[3] ^= 1;
                exchange.headers = upload::slice_headers(0, exchange.body);
            }
            return ask(centre, exchange);
        };
    };
    runner.run(change(1), 20);
    EXPECT_TRUE(all_delivered());
    const auto seq = parcels.keep({content(1000)});
    slices = 0;
    runner.run(change(5), 30);
    EXPECT_EQ(parcels.aside.at(seq), "digest") << "a person must look";
    EXPECT_EQ(slices, 2);
}

TEST_F(uploads, a_commit_before_all_bytes_are_there_is_pending_and_they_are_sent) {
    auto centre = service();
    const auto seq = parcels.keep({content(1000)});
    submit(centre, seq);
    const auto& parcel = parcels.waiting.at(seq).parcel;
    EXPECT_EQ(centre.commit(terminal_id, parcel.sub_id.text()).status, 409);
    // The terminal believes that they were acknowledged.
    parcels.waiting.at(seq).state = outbox::ParcelState::envelope_sent;
    parcels.upload(seq).acked = 1000;
    runner.run([&](const auto& exchange) { return ask(centre, exchange); }, 20);
    EXPECT_TRUE(all_delivered());
}

TEST_F(uploads, hostile_slices_are_refused_and_move_nothing) {
    const Intake intake(world, folder / "intake", clock);
    const auto seq = parcels.keep({content(1000)});
    runner.run(intake.url(), 2);
    const auto one = parcels.upload(seq);
    auto beyond = patch(one, 0);
    beyond.body.resize(1001);
    beyond.headers = upload::slice_headers(0, beyond.body);
    EXPECT_EQ(send(intake.url(), beyond)->status, 400);
    auto other_digest = patch(one, 0);
    other_digest.body[0] ^= 1;
    EXPECT_EQ(send(intake.url(), other_digest)->status, 400);
    auto no_offset = patch(one, 0);
    no_offset.headers.erase("upload-offset");
    EXPECT_EQ(send(intake.url(), no_offset)->status, 400);
    auto ahead = patch(one, 0);
    ahead.headers = upload::slice_headers(500, ahead.body);
    EXPECT_EQ(send(intake.url(), ahead)->status, 409);
    auto unknown = patch(one, 0);
    unknown.path.back() = unknown.path.back() == '0' ? '1' : '0';
    EXPECT_EQ(send(intake.url(), unknown)->status, 404);
    sync::Exchange huge{Method::patch, path(one)};
    huge.body.resize(static_cast<std::size_t>(upload::slice_bytes_max) + 1);
    huge.headers = upload::slice_headers(0, huge.body);
    const auto too_long = send(intake.url(), huge);
    EXPECT_TRUE(!too_long || too_long->status == 413);
    sync::Exchange big{Method::post, "/v1/hello"};
    big.body.resize(papers::wire::body_bytes_max + 1);
    const auto too_big = send(intake.url(), big);
    EXPECT_TRUE(!too_big || too_big->status == 413);
    EXPECT_EQ(offset_in(*send(intake.url(), {Method::head, path(one)})), 0);
}

TEST(slice_size, is_what_fifteen_seconds_carry_between_64_KiB_and_4_MiB) {
    sync::SliceSize size;
    EXPECT_EQ(size.next(0), upload::slice_bytes_min) << "until the link is known";
    size.good(65536, Millis{8000});  // 64 kbit/s
    EXPECT_EQ(size.next(0), 15 * 8192);
    EXPECT_EQ(size.next(70'000), 70'000) << "not more than the centre takes";
    for (int i = 0; i < 20; ++i) size.good(1 << 20, Millis{10});
    EXPECT_EQ(size.next(0), upload::slice_bytes_max);
    size.failed(4 << 20);
    EXPECT_EQ(size.next(0), 2 << 20);
    for (int i = 0; i < 10; ++i) size.failed(size.next(0));
    EXPECT_EQ(size.next(0), upload::slice_bytes_min);
    for (int i = 0; i < 4; ++i) size.good(65536, Millis{1});
    EXPECT_EQ(size.next(0), 2 * upload::slice_bytes_min) << "doubled after four good ones";
}

}  // namespace
