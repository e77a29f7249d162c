import { secondMs } from '../../../core/time/time.ts'
import { Chance } from './chance.ts'
import { checkEnd, checkStranded, expectReports } from './end-checks.ts'
import { type Counts, Ledger } from './ledger.ts'
import { type Call, type ClientMaker, Machine } from './machine.ts'
import { calm, Network } from './network.ts'
import { type Burst, type Fate, type Load, type Scenario, scenarioOf } from './scenario.ts'
import type { Season } from './season.ts'
import { Server } from './server.ts'
import type { Team } from './team.ts'
import { VirtualTime } from './virtual-time.ts'

export interface Outcome {
  readonly seed: number
  readonly season: string
  /** Empty for a client that does as it should. */
  readonly violations: readonly string[]
  readonly counts: Counts
}

/** The longest pause of a client between two tries, and a request more. */
const recoveryMs = 45 * secondMs
const closeMsMax = 20 * secondMs
/** The least time between two repeats of a request in a long outage. */
const triesMs = 5 * secondMs
/** Rounds of calls that use up what a team has left, and the time after which no machine gets any more of it. */
const roundsMax = 200
const callsPerRound = 4
const roundMs = 250
const refusedMs = 3 * secondMs
/** Use in the last seconds before a turn may be reported after it, because the reports of all machines are spread over them. */
const reportedByMs = 13 * secondMs

/** Runs one seed with a client, and returns what the oracle has found. */
export async function runSeed(
  seed: number,
  makeClient: ClientMaker,
  scenario = scenarioOf(seed),
): Promise<Outcome> {
  const world = new SeedWorld(scenario, makeClient)
  await world.run()
  const { violations, counts } = world.ledger
  return { seed, season: scenario.season.name, violations, counts }
}

/** The machines, the network and the server of one seed. */
class SeedWorld {
  readonly ledger: Ledger
  private readonly scenario: Scenario
  private readonly time = new VirtualTime()
  private readonly chance: Chance
  private readonly network: Network
  private readonly teams: readonly Team[]
  private readonly machines: readonly Machine[]

  constructor(scenario: Scenario, makeClient: ClientMaker) {
    const { seed, season, machines, recorded, holders } = scenario
    this.scenario = scenario
    const { time } = this
    this.chance = new Chance(seed + 1_000_003)
    const teamOf = (appId: string) => this.teams.find(({ apps }) => apps.has(appId))
    const elapsed = () => time.now()
    const now = () => Math.floor(season.start + time.now())
    this.ledger = new Ledger({ now, elapsed, teamOf })
    this.teams = season.makeTeams((entries, team) => this.ledger.onEntries(entries, team))
    const isRecorded = machines.some(({ loads }) => loads.some((load) => load.recorded > 0))
    if (recorded.length > 0 || isRecorded) for (const team of this.teams) team.isExact = false
    const server = new Server(this.teams)
    const chance = new Chance(seed + 2_000_003)
    this.network = new Network({ time, chance, server, now })
    const { network, ledger: observer } = this
    this.machines = machines.map(({ hasSpool, diesAtWrite, clockOffMs }, slot) => {
      const random = new Chance(seed + 3_000_003 + slot)
      const parts = { slot, time, chance: random, network, observer, hasSpool, diesAtWrite, clockOffMs }
      return new Machine({ ...parts, makeClient, recorded, holders })
    })
  }

  async run(): Promise<void> {
    const { time, scenario, network } = this
    network.weather = scenario.weather
    for (const machine of this.machines) {
      this.ledger.add(machine)
      machine.start()
    }
    this.planWork()
    this.planSeason()
    await time.runUntil(scenario.lengthMs)
    await this.recover()
    if (scenario.season.runsOut) await this.callUntilRefused()
    await this.close()
    for (const team of this.teams) team.passTo(network.now())
    checkEnd(this.ledger, this.teams)
    this.checkRequests()
    for (const [what, count] of Object.entries(network.requests)) this.ledger.count(`request ${what}`, count)
  }

  private planWork(): void {
    for (const [slot, { loads, fates }] of this.scenario.machines.entries()) {
      const machine = this.machines[slot]
      if (machine === undefined) continue
      for (const load of loads) {
        this.planSteady(machine, load)
        for (const burst of load.bursts) this.planBurst(machine, load, burst)
      }
      for (const fate of fates) this.time.after(fate.at, () => this.meet(machine, fate))
    }
  }

  /** Calls of the same instant are made in one turn of the event loop. */
  private planBurst(machine: Machine, load: Load, { at, size, spacingMs }: Burst): void {
    const turns = spacingMs === 0 ? 1 : size
    for (let turn = 0; turn < turns; turn += 1)
      this.time.after(at + turn * spacingMs, () => {
        for (let count = 0; count < size / turns; count += 1) this.call(machine, load)
      })
  }

  private planSteady(machine: Machine, load: Load): void {
    if (load.perSecond === 0) return
    const next = () => {
      if (this.time.now() >= this.scenario.lengthMs) return
      this.call(machine, load)
      this.time.after(this.chance.pause(load.perSecond), next)
    }
    this.time.after(this.chance.pause(load.perSecond), next)
  }

  private call(machine: Machine, { appId, meter, quantityMax, givenBack, recorded }: Load): void {
    const quantity = this.chance.isTrue(0.8) ? 1 : this.chance.whole(1, quantityMax)
    const isFailing = givenBack > 0 && this.chance.isTrue(givenBack)
    const delayMs = isFailing ? this.chance.between(0, 2_000) : undefined
    const call = { appId, meter, quantity, at: this.time.now() }
    if (recorded > 0 && this.chance.isTrue(recorded)) {
      machine.record(call)
      return
    }
    const { life } = machine
    machine.call(call, () => {
      if (delayMs !== undefined) this.time.after(delayMs, () => this.giveBack(machine, call, life))
    })
  }

  private giveBack(machine: Machine, call: Call, life: number): void {
    if (!machine.isAlive || machine.life !== life) return
    this.ledger.streamOf(machine.slot, call).givenBack += call.quantity
    machine.giveBack(call)
  }

  private meet(machine: Machine, { what, ms = 0 }: Fate): void {
    this.ledger.count(what)
    if (what === 'kill') machine.kill()
    else if (what === 'freeze') machine.freeze(ms)
    else if (what === 'restart' && !machine.isAlive) machine.start()
    else if (what === 'redeploy') machine.close(() => machine.start())
  }

  private planTurn({ turn, start }: Season): void {
    if (turn === undefined) return
    const at = turn.at - start
    this.time.after(at - reportedByMs, () => {
      const check = expectReports(this.ledger, turn.meters)
      this.time.after(reportedByMs, check)
    })
  }

  private planSeason(): void {
    const { season, outages } = this.scenario
    this.planTurn(season)
    const [team] = this.teams
    for (const { at, act } of season.acts)
      this.time.after(at, () => {
        if (team === undefined) return
        team.passTo(this.network.now())
        act(team)
        this.ledger.checkFunds(team)
      })
    for (const { from, to } of outages) {
      this.time.after(from, () => {
        this.network.isDown = true
      })
      this.time.after(to, () => {
        this.network.isDown = false
      })
    }
  }

  /** The network works again, and every machine with a spool comes back. */
  private async recover(): Promise<void> {
    const { time, network } = this
    network.weather = calm
    await time.runUntil(time.now() + 1)
    network.isDown = false
    for (const machine of this.machines) {
      machine.isSafe = true
      if (!machine.isAlive && machine.disk !== undefined) machine.start()
    }
    const thawedAt = Math.max(...this.machines.map(({ frozenUntil }) => frozenUntil))
    await time.runUntil(Math.max(time.now(), thawedAt) + recoveryMs)
  }

  /** All machines call until all are refused. */
  private async callUntilRefused(): Promise<void> {
    const { time, ledger } = this
    const load = { appId: 'first', meter: 'calls', quantity: 1 }
    const living = this.machines.filter(({ isAlive }) => isAlive)
    if (living.length === 0) return
    let refusedSince = time.now()
    let before = ledger.allowed
    for (let round = 0; round < roundsMax && time.now() - refusedSince < refusedMs; round += 1) {
      for (const machine of living)
        for (let count = 0; count < callsPerRound; count += 1) machine.call({ ...load, at: time.now() })
      await time.runUntil(time.now() + roundMs)
      if (ledger.allowed > before) refusedSince = time.now()
      before = ledger.allowed
    }
    for (const team of this.teams) checkStranded(ledger, team, living)
  }

  /** A client that asks without end is noticed, also where its callers get the right answers. */
  private checkRequests(): void {
    const { allow = 0, deny = 0, unavailable = 0 } = this.ledger.counts
    const calls = allow + deny + unavailable
    // Until the first answer names its team, each app stands for a team by itself, and is tried by itself.
    const tries = this.ledger.streams.length * (10 + this.time.now() / triesMs)
    const { sent } = this.network.requests
    if (sent > 3 * calls + tries) this.ledger.report(`${sent} requests for ${calls} calls`)
  }

  private async close(): Promise<void> {
    const { time, ledger } = this
    const open = new Set(this.machines.filter(({ isAlive }) => isAlive))
    for (const machine of open) machine.close(() => open.delete(machine))
    await time.runUntil(time.now() + closeMsMax)
    for (const { slot } of open) ledger.report(`machine ${slot} has not closed`)
  }
}
